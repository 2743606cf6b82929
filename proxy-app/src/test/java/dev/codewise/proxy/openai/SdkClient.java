package dev.codewise.proxy.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;

/** The official SDK for Java, pointed at the proxy, without its own repeats. */
public final class SdkClient {

    private SdkClient() {}

    public static OpenAIClient at(int port) {
        return OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + port + "/v1")
                .apiKey("made-up")
                .maxRetries(0)
                .build();
    }
}
