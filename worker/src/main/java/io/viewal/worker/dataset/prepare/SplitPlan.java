package io.viewal.worker.dataset.prepare;

import io.viewal.contract.PrepareParameters.Splits;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which scene serves which split, see {@link Splits}. */
final class SplitPlan {

    private SplitPlan() {}

    /**
     * Divides the scenes.
     *
     * @param scenes all names, sorted
     * @return by scene, in name order
     * @throws InvalidInputException when a named scene does not exist, or is named for two splits, or none is left to
     *     train on
     */
    static Map<String, Split> of(List<String> scenes, Splits splits) {
        Map<String, Split> plan = new LinkedHashMap<>();
        scenes.forEach(scene -> plan.put(scene, null));
        Map<Split, List<String>> named = new TreeMap<>();
        named.put(Split.TRAIN, splits.train());
        named.put(Split.VALIDATION, splits.validation());
        named.put(Split.TEST, splits.test());
        named.forEach((split, names) -> names.forEach(name -> assign(plan, name, split)));
        List<String> free =
                new ArrayList<>(scenes.stream().filter(s -> plan.get(s) == null).toList());
        // The last scenes by name test, those before them validate.
        if (splits.test().isEmpty()) {
            draw(free, share(scenes.size(), splits.testFraction(), 3), Split.TEST, plan);
        }
        if (splits.validation().isEmpty()) {
            draw(free, share(scenes.size(), splits.validationFraction(), 2), Split.VALIDATION, plan);
        }
        free.forEach(scene -> plan.put(scene, Split.TRAIN));
        if (!plan.containsValue(Split.TRAIN)) {
            throw invalid("No scene is left to train on: name fewer scenes for validation and test");
        }
        return plan;
    }

    private static void assign(Map<String, Split> plan, String name, Split split) {
        if (!plan.containsKey(name)) {
            throw invalid("splits." + split.key() + " names the scene '" + name + "', which the source does not have: "
                    + "expected some of " + plan.keySet());
        }
        Split before = plan.put(name, split);
        if (before != null) {
            throw invalid("The scene '" + name + "' is named for both " + before.key() + " and " + split.key()
                    + ": a scene serves one split");
        }
    }

    private static int share(int scenes, double fraction, int least) {
        return scenes < least ? 0 : Math.max(1, (int) Math.floor(scenes * fraction));
    }

    private static void draw(List<String> free, int count, Split split, Map<String, Split> plan) {
        for (int i = 0; i < count && free.size() > 1; i++) {
            plan.put(free.removeLast(), split);
        }
    }

    private static InvalidInputException invalid(String message) {
        return new InvalidInputException(Reason.InvalidDataset, message);
    }
}
