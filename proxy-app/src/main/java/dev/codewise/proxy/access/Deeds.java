package dev.codewise.proxy.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;

/** Hears what was done elsewhere in the proxy, and sees to it that it is noted. */
final class Deeds {

    private static final Logger LOG = LoggerFactory.getLogger(Deeds.class);

    /** More than operators do while the database is away. */
    static final int MOST_WAITING = 1_000;

    private final LateNotes notes;

    Deeds(LateNotes notes) {
        this.notes = notes;
    }

    @EventListener
    void done(Deed deed) {
        if (!notes.add(deed)) {
            LOG.atError()
                    .addKeyValue("actor", deed.actor().name())
                    .addKeyValue("subject", deed.subject())
                    .log("What somebody did could not be noted: " + deed.action());
        }
    }
}
