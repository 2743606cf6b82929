package dev.codewise.proxy.admin;

import dev.codewise.proxy.home.Secret;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The key under which secrets are kept in the database; one is made and kept at home where none is given. */
@ConfigurationProperties("codewise.settings")
record SecretKeyProperties(@Nullable Secret secretKey) {

    private static final int BYTES = 32;

    SecretKeyProperties {
        secretKey = secretKey == null || secretKey.length() == 0 ? null : secretKey;
        if (secretKey != null && !isKey(secretKey)) {
            throw new IllegalArgumentException("CODEWISE_SECRET_KEY must be 32 random bytes in base64, as"
                    + " \"openssl rand -base64 32\" prints them.");
        }
    }

    private static boolean isKey(Secret given) {
        try {
            return bytes(given).length == BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Either alphabet of base64 will do. */
    static byte[] bytes(Secret key) {
        return Base64.getDecoder().decode(key.reveal().strip().replace('-', '+').replace('_', '/'));
    }
}
