package dev.codewise.proxy.openai;

import org.jspecify.annotations.Nullable;

/** The name of a model as a client gives it: known or not, it is one that can be looked up and repeated. */
public final class ModelName {

    private static final int LONGEST = 256;

    private ModelName() {}

    public static String checked(@Nullable String model) {
        if (model == null || model.isBlank() || model.length() > LONGEST) {
            throw Refusals.mustBe("model", "one of the names that GET /v1/models lists");
        }
        return model;
    }
}
