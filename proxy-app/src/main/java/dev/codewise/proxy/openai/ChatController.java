package dev.codewise.proxy.openai;

import dev.codewise.proxy.access.Caller;
import dev.codewise.proxy.completion.Surface;
import dev.codewise.proxy.images.RemoteImage;
import dev.codewise.proxy.images.RemoteImages;
import java.util.List;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Serves {@code POST /v1/chat/completions}. */
final class ChatController {

    private final RemoteImages images;
    private final ChatAnswers answers;
    private final AnswerSchemas schemas;
    private final UsualModel usual;

    ChatController(RemoteImages images, ChatAnswers answers, AnswerSchemas schemas, UsualModel usual) {
        this.usual = usual;
        this.images = images;
        this.answers = answers;
        this.schemas = schemas;
    }

    Mono<Void> complete(ChatRequest sent, ServerWebExchange exchange) {
        return answer(sent.with(usual.or(sent.model())), exchange);
    }

    private Mono<Void> answer(ChatRequest request, ServerWebExchange exchange) {
        List<RemoteImage> named = ChatImages.in(request);
        named.forEach(RemoteImage::holdPlace);
        return schemas.reading(
                        request.format(),
                        () -> ChatQuestion.of(request, Caller.originOf(exchange, Surface.CHAT), schemas))
                .flatMap(sent -> answers.answer(sent, whole(sent, request, named), exchange));
    }

    private Mono<Question> whole(Question sent, ChatRequest request, List<RemoteImage> named) {
        return named.isEmpty()
                ? Mono.just(sent)
                : images.fetch(named).then(Mono.fromCallable(() -> sent.saying(ChatQuestion.turnsOf(request))));
    }
}
