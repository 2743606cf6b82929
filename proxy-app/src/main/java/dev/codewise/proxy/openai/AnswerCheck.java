package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.PassedOn;

/** Reads along with one answer and lets it end only in the form that was asked for; what was cut short need not have it. */
final class AnswerCheck implements PassedOn {

    private static final int LONGEST = 4 * 1024 * 1024;

    private final AnswerForm form;
    private final StringBuilder text = new StringBuilder();

    AnswerCheck(AnswerForm form) {
        this.form = form;
    }

    @Override
    public CompletionEvent text(Text more) {
        if (text.length() + more.text().length() > LONGEST) {
            throw failure("The answer is longer than can be checked against \"" + form.field() + "\".");
        }
        text.append(more.text());
        return more;
    }

    @Override
    public CompletionEvent finished(Finished finished) {
        if (finished.reason() == FinishReason.STOP && !form.fits().test(text.toString())) {
            throw failure("The model's answer does not have the form that \"" + form.field() + "\" demands.");
        }
        return finished;
    }

    private static CompletionException failure(String sentence) {
        return new CompletionException(Reason.PROVIDER_FAILED, sentence);
    }
}
