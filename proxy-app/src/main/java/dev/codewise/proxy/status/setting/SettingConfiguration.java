package dev.codewise.proxy.status.setting;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Has the settings read before anything is started. */
@Configuration(proxyBeanMethods = false)
class SettingConfiguration {

    @Bean
    SettingsFirst settingsFirst(ListableBeanFactory beans, Environment environment) {
        return new SettingsFirst(beans, environment);
    }
}
