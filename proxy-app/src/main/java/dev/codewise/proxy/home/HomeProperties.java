package dev.codewise.proxy.home;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where the proxy keeps what must survive a restart. */
@ConfigurationProperties("codewise.home")
record HomeProperties(
        @DefaultValue("${user.home}/.codewise") Path folder) {}
