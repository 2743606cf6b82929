package dev.codewise.agent.claude;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what is told of an answer. */
final class Told implements AnswerListener {

    private final List<String> pieces = new CopyOnWriteArrayList<>();
    private final List<CallPiece> calls = new CopyOnWriteArrayList<>();
    private final List<String> thoughts = new CopyOnWriteArrayList<>();
    private final List<Retry> retries = new CopyOnWriteArrayList<>();
    private final AtomicInteger signsOfLife = new AtomicInteger();

    @Override
    public void begun(Tokens soFar) {}

    @Override
    public void text(String piece) {
        pieces.add(piece);
    }

    @Override
    public void thinking(String piece) {
        thoughts.add(piece);
    }

    @Override
    public void retrying(Retry retry) {
        retries.add(retry);
    }

    @Override
    public void alive() {
        signsOfLife.incrementAndGet();
    }

    @Override
    public void toolCall(CallPiece piece) {
        calls.add(piece);
    }

    /** Each call as {@code id name:arguments}, put together of its pieces. */
    List<String> calls() {
        var whole = new ArrayList<String>();
        for (var piece : calls) {
            if (piece.id() != null) {
                whole.add(piece.id() + " " + piece.name() + ":");
            }
            whole.set(piece.index(), whole.get(piece.index()) + piece.arguments());
        }
        return whole;
    }

    String thoughts() {
        return String.join("", thoughts);
    }

    List<Retry> retries() {
        return List.copyOf(retries);
    }

    String text() {
        return String.join("", pieces);
    }

    int signsOfLife() {
        return signsOfLife.get();
    }
}
