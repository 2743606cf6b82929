package dev.codewise.proxy.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the description of what an operator can do over HTTP: a file that is kept by hand, and held to the truth by a test. */
@RestController
class OpenApiController {

    private static final String FILE = "/openapi.json";

    private final String document;

    OpenApiController() throws IOException {
        try (InputStream file = Objects.requireNonNull(OpenApiController.class.getResourceAsStream(FILE), FILE)) {
            document = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @GetMapping(path = "/api/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    String document() {
        return document;
    }
}
