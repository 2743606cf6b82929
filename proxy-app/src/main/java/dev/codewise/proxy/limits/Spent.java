package dev.codewise.proxy.limits;

/** What was spent on a day and in its month. */
record Spent(Amount day, Amount month) {

    static final Spent NOTHING = new Spent(Amount.NOTHING, Amount.NOTHING);

    Amount in(Spell spell) {
        return switch (spell) {
            case DAY -> day;
            case MONTH -> month;
        };
    }

    Spent plus(Spent other) {
        return new Spent(day.plus(other.day), month.plus(other.month));
    }
}
