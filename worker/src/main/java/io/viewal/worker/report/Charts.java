package io.viewal.worker.report;

import io.viewal.worker.page.Chart;
import io.viewal.worker.page.SeriesStyle;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The charts of a report, as they are drawn, and the looks of its arms in all of them. */
final class Charts {

    private final Map<String, Chart> drawn = new LinkedHashMap<>();
    private final Map<String, SeriesStyle> styles = new HashMap<>();

    Charts(List<ArmRuns> arms) {
        int index = 0;
        for (ArmRuns arm : arms) {
            styles.put(arm.name(), arm.isControl() ? SeriesStyle.CONTROL : new SeriesStyle(index++));
        }
    }

    SeriesStyle style(ArmRuns arm) {
        return styles.get(arm.name());
    }

    /** Keeps a chart for its file, and returns its element for the page. */
    String figure(Chart chart) {
        drawn.put(chart.name(), chart);
        return chart.figure();
    }

    /** The charts by name. */
    Map<String, Chart> drawn() {
        return Collections.unmodifiableMap(drawn);
    }
}
