package dev.codewise.proxy.ledger;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How long the ledger remembers a request; a whole month goes at once, when all of it is older. */
@ConfigurationProperties("codewise.ledger")
record LedgerProperties(@DefaultValue("400d") Duration retention) {

    LedgerProperties {
        if (retention.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("LEDGER_RETENTION must be at least a day, such as 400d");
        }
    }
}
