package io.viewal.worker.report;

import static io.viewal.worker.page.PageHtml.escaped;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A table of the page; the first cell of a row is its heading, and columns of numbers are aligned at their right. */
final class HtmlTable {

    private static final Pattern NUMBER = Pattern.compile("[+\\-–]?\\d.*|–");

    private final String caption;
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these columns. */
    HtmlTable(String caption, List<String> columns) {
        this.caption = caption;
        this.columns = columns;
    }

    /** Adds a row. */
    HtmlTable row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    /** The table. */
    String html() {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table><caption>")
                .append(escaped(caption))
                .append("</caption><thead>");
        line(html, columns, "<th scope=\"col\"", "</th>");
        html.append("</thead><tbody>\n");
        for (List<String> row : rows) {
            line(html, row, "<td", "</td>");
        }
        return html.append("</tbody></table></div>\n").toString();
    }

    private void line(StringBuilder html, List<String> cells, String begin, String end) {
        html.append("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            boolean heading = i == 0 && begin.equals("<td");
            html.append(heading ? "<th scope=\"row\"" : begin)
                    .append(number(i) ? " class=\"number\">" : ">")
                    .append(escaped(cells.get(i)))
                    .append(heading ? "</th>" : end);
        }
        html.append("</tr>\n");
    }

    private boolean number(int column) {
        return column > 0
                && rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
    }

    /** The table, which is seen when it is asked for. */
    String folded() {
        return "<details><summary>The numbers as a table</summary>" + html() + "</details>\n";
    }
}
