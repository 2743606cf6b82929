package dev.codewise.proxy.access;

import java.net.InetAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes note of each address that guesses, once for each time it does. Whoever is refused does not wait for that. */
final class LoginBursts {

    private static final Logger LOG = LoggerFactory.getLogger(LoginBursts.class);

    /** A flood from many addresses is one event, of which so many lines say enough. */
    static final int MOST_WAITING = 100;

    private final LateNotes notes;

    LoginBursts(LateNotes notes) {
        this.notes = notes;
    }

    void began(Optional<InetAddress> address) {
        var stranger = Actor.stranger(address);
        if (notes.add(new Deed(stranger, "login.refused", "credentials", null))) {
            LOG.atWarn()
                    .addKeyValue("address", stranger.address())
                    .log("Too many wrong credentials came from one address; its further ones have to wait");
        }
    }
}
