package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Wishes;
import dev.codewise.proxy.openai.Repeats.OwnedKey;
import dev.codewise.proxy.openai.Repeats.Sent;
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
        return new Question(asked.withId(id), form, delivery, format, fields);
    }

    /** The same question with what was said in full. */
    Question saying(List<Turn> turns) {
        var said = new CompletionRequest(asked.origin(), asked.model(), asked.system(), turns);
        return new Question(said.with(asked.toolbox()).with(asked.wishes()), form, delivery, format, fields);
    }

    Sent under(OwnedKey key) {
        return new Sent(key, asked.id(), fingerprint());
    }

    /** The same for two requests that ask the same, and for no others. */
    private String fingerprint() {
        String all = format + "\n" + delivery + "\n" + fields + "\n" + named("").asked();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java knows SHA-256", e);
        }
    }
}
