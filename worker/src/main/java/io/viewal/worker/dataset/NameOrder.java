package io.viewal.worker.dataset;

import java.util.Comparator;

/**
 * The order of frames: by the numbers in their names, so that {@code 9} comes before {@code 10} as it did before the camera.
 * Names that differ in leading zeros alone are ordered by their letters.
 */
public final class NameOrder implements Comparator<String> {

    /** The one there is. */
    public static final NameOrder BY_NUMBER = new NameOrder();

    private NameOrder() {}

    @Override
    public int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int difference;
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                String left = digits(a, i);
                String right = digits(b, j);
                difference = numbers(left, right);
                i += left.length();
                j += right.length();
            } else {
                difference = Character.compare(a.charAt(i++), b.charAt(j++));
            }
            if (difference != 0) {
                return difference;
            }
        }
        int rest = Integer.compare(a.length() - i, b.length() - j);
        return rest != 0 ? rest : a.compareTo(b);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String digits(String name, int from) {
        int end = from;
        while (end < name.length() && isDigit(name.charAt(end))) {
            end++;
        }
        return name.substring(from, end);
    }

    /** Numbers of any length. */
    private static int numbers(String a, String b) {
        String left = a.replaceFirst("^0+", "");
        String right = b.replaceFirst("^0+", "");
        int longer = Integer.compare(left.length(), right.length());
        return longer != 0 ? longer : left.compareTo(right);
    }
}
