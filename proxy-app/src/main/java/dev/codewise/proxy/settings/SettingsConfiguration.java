package dev.codewise.proxy.settings;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes known what holds just now. */
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {

    @Bean
    LiveSettings liveSettings() {
        return new LiveSettings();
    }
}
