package dev.codewise.proxy.agent;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How many agents are let in. */
@ConfigurationProperties("codewise.agent.admission")
record AdmissionProperties(@DefaultValue("64") int perAddress) {

    AdmissionProperties {
        if (perAddress < 1 || perAddress > 100_000) {
            throw new IllegalArgumentException(
                    "AGENTS_PER_ADDRESS is " + perAddress + "; set it to a number from 1 to 100000, such as 64");
        }
    }
}
