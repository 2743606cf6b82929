package dev.codewise.proxy.status.setting;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Gives the management server, which reads the environment anew in a context of its own, the same variables as the rest. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementEnvironment {

    @Bean
    static BeanFactoryPostProcessor sameVariables(ConfigurableApplicationContext context) {
        return new SameVariables(context);
    }

    /** Does nothing in the context that has no parent, which component scanning puts it into as well. */
    private record SameVariables(ConfigurableApplicationContext context) implements BeanFactoryPostProcessor {

        private static final String SOURCE = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

        @Override
        public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
            ApplicationContext parent = context.getParent();
            if (parent != null && parent.getEnvironment() instanceof ConfigurableEnvironment environment) {
                PropertySource<?> variables = environment.getPropertySources().get(SOURCE);
                if (variables != null) {
                    context.getEnvironment().getPropertySources().replace(SOURCE, variables);
                }
            }
        }
    }
}
