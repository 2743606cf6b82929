package dev.codewise.proxy.web;

import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.web.server.ServerWebExchange;

/** The name of one request, in its answer's {@code x-request-id}, in the logs, in the ledger and on the way to an agent. */
public final class RequestId {

    public static final String HEADER = "x-request-id";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ATTRIBUTE = RequestId.class.getName();
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String REPLICA = replica();

    private RequestId() {}

    /** The id given to this exchange when it came in. */
    public static String of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    static String assignTo(ServerWebExchange exchange) {
        String id = next();
        exchange.getAttributes().put(ATTRIBUTE, id);
        return id;
    }

    /** Names the process that made it, then 128 random bits, so that nobody can guess another's. */
    public static String next() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return "req_" + REPLICA + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String replica() {
        return RANDOM.ints(8, 0, ALPHABET.length())
                .mapToObj(ALPHABET::charAt)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }
}
