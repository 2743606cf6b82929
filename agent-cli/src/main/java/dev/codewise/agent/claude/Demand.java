package dev.codewise.agent.claude;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which models were asked for lately, and so how places are best shared among them. */
final class Demand {

    private static final int REMEMBERED = 20;

    private final Deque<String> lately = new ArrayDeque<>();

    synchronized void note(String model) {
        lately.addLast(model);
        if (lately.size() > REMEMBERED) {
            lately.removeFirst();
        }
    }

    /**
     * One name for each place, as often as its share of the requests is worth (by the rule of D'Hondt). Of equals the first in the
     * alphabet wins, so that two models in turn do not drive each other out.
     */
    synchronized List<String> places(int count) {
        var asked = new TreeMap<String, Integer>();
        lately.forEach(model -> asked.merge(model, 1, Integer::sum));
        var places = new ArrayList<String>();
        while (!asked.isEmpty() && places.size() < count) {
            places.add(worthiest(asked, places));
        }
        return places;
    }

    private static String worthiest(Map<String, Integer> asked, List<String> places) {
        var best = "";
        var most = 0.0;
        for (var model : asked.entrySet()) {
            var worth = model.getValue() / (1.0 + Collections.frequency(places, model.getKey()));
            if (worth > most) {
                best = model.getKey();
                most = worth;
            }
        }
        return best;
    }
}
