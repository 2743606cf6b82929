package dev.codewise.agent.claude;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what is told of an answer. */
final class Told implements AnswerListener {

    private final List<String> pieces = new CopyOnWriteArrayList<>();
    private final AtomicInteger signsOfLife = new AtomicInteger();

    @Override
    public void text(String piece) {
        pieces.add(piece);
    }

    @Override
    public void alive() {
        signsOfLife.incrementAndGet();
    }

    String text() {
        return String.join("", pieces);
    }

    int signsOfLife() {
        return signsOfLife.get();
    }
}
