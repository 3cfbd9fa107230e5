package io.viewal.worker.cli;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Classes among which figures are taken too.
 *
 * @param name for the table
 * @param members class ids or names
 */
record ClassSubset(String name, List<String> members) {

    /** The 20 of NYU's 40 classes that ScanNet's benchmark and the paper evaluate, by ids from 0. */
    static final ClassSubset SCANNET20 =
            new ClassSubset("ScanNet20", List.of("0,1,2,3,4,5,6,7,8,9,10,11,13,15,23,27,32,33,35,38".split(",")));

    private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*)=(.+)");

    /**
     * Reads {@code NAME=0,1,chair}, or {@code ScanNet20}.
     *
     * @throws InvalidInputException when it is neither
     */
    static ClassSubset parse(String text) {
        if (text.equalsIgnoreCase(SCANNET20.name())) {
            return SCANNET20;
        }
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw invalid(
                    "--subset is '" + text + "', expected NAME=ID,ID,… such as seats=4,5, or " + SCANNET20.name());
        }
        return new ClassSubset(parts.group(1), Arrays.asList(parts.group(2).split(",")));
    }

    /**
     * The ids of its members.
     *
     * @param classes names in id order
     * @throws InvalidInputException when one is no class, or twice among them
     */
    int[] ids(List<String> classes) {
        List<Integer> ids = new ArrayList<>();
        for (String member : members) {
            int id = member.matches("\\d{1,3}") ? Integer.parseInt(member) : classes.indexOf(member);
            if (id < 0 || id >= classes.size() || ids.contains(id)) {
                throw invalid("The subset " + name + " has '" + member + "', "
                        + (ids.contains(id)
                                ? "which is in it twice"
                                : "expected ids from 0 to " + (classes.size() - 1) + " or names of these classes: "
                                        + String.join(", ", classes)));
            }
            ids.add(id);
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private static InvalidInputException invalid(String sentence) {
        return new InvalidInputException(Reason.InvalidRequest, sentence);
    }
}
