package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Wishes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A request of a client's, understood: what is asked, in which form the answer is wanted, and which fields change nothing. */
record Question(CompletionRequest asked, AnswerForm form, Delivery delivery, AnswerFormat format, Fields fields) {

    List<String> ignored() {
        return new OtherFields(fields).ignored();
    }

    /** The name that the client's field for a wish has. */
    String nameOf(Wishes.Kind wish) {
        return Tuning.nameOf(wish, fields);
    }

    /** The same question under the id of the request that asked it first. */
    Question named(String id) {
        var same = new CompletionRequest(id, asked.model(), asked.system(), asked.turns())
                .with(asked.toolbox())
                .with(asked.wishes());
        return new Question(same, form, delivery, format, fields);
    }

    /** The same for two requests that ask the same, and for no others. */
    String fingerprint() {
        String all = format + "\n" + delivery + "\n" + fields + "\n" + named("").asked();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java knows SHA-256", e);
        }
    }
}
