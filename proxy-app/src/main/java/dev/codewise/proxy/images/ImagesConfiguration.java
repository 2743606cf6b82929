package dev.codewise.proxy.images;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the way to the operator's hosts of images. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ImagesProperties.class)
class ImagesConfiguration {

    @Bean(destroyMethod = "close")
    ImageClient imageClient() {
        return new ImageClient(ImageLimits.USUAL);
    }

    @Bean
    RemoteImages remoteImages(ImagesProperties properties, ImageClient client) {
        var door = new ImageDoor(properties.hosts(), HostLookup.OF_THIS_MACHINE, PublicAddress::isPublic);
        return new RemoteImages(door, client, ImageLimits.USUAL);
    }
}
