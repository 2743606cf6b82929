package dev.codewise.proxy.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class CompletionPropertiesTest {

    private static final String LIST = "codewise.completion.model-alias-list=";

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(CompletionProperties.class)
    static class Properties {}

    @Test
    void nameNoModelsUnlessTheyAreSet() {
        context.run(run -> assertThat(run.getBean(CompletionProperties.class).modelAliases())
                .isEmpty());
        context.withPropertyValues(LIST)
                .run(run -> assertThat(run.getBean(CompletionProperties.class).modelAliases())
                        .isEmpty());
    }

    @Test
    void nameTheModelsThatAreSet() {
        context.withPropertyValues(LIST + " gpt-4o = sonnet ,gpt-4o-mini=haiku,,o1=claude-opus-4-1,")
                .run(run -> assertThat(run.getBean(CompletionProperties.class).modelAliases())
                        .hasSize(3)
                        .containsEntry("gpt-4o", "sonnet")
                        .containsEntry("gpt-4o-mini", "haiku")
                        .containsEntry("o1", "claude-opus-4-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "=sonnet", "gpt-4o=", "gpt-4o=gpt-4", "a=sonnet=opus", "gpt-4o:sonnet", "="})
    void refuseAPairThatIsNoneAndSayWhatOneLooksLike(String pair) {
        assertThatThrownBy(() -> new CompletionProperties("fast=haiku," + pair))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("MODEL_ALIASES has \"" + pair
                        + "\", which is not a name and a Claude model, such as gpt-4o=sonnet");
    }

    @Test
    void refuseANameWithTwoMeanings() {
        assertThatThrownBy(() -> new CompletionProperties("gpt-4o=haiku, gpt-4o=sonnet"))
                .hasMessage("MODEL_ALIASES has \"gpt-4o\" twice: leave one of them out");
    }
}
