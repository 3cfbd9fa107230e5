package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"k8s.io/apimachinery/pkg/util/duration"
)

// style colours words, or not.
type style struct{ colours bool }

var colours = map[string]string{
	complete:    "32",
	progressing: "36", "Running": "36",
	held: "33", "Waiting": "33", "Retrying": "33", "Suspended": "33",
	stalled: "31", failed: "31",
}

// cell is a text of a table, coloured when it is a state.
type cell string

func (s style) cell(text cell) string {
	colour := colours[string(text)]
	if !s.colours || colour == "" {
		return string(text)
	}
	return "\033[" + colour + "m" + string(text) + "\033[0m"
}

// table writes rows in columns. Package text/tabwriter would count the colours as characters.
func (s style) table(out io.Writer, rows [][]cell) {
	var widths []int
	for _, row := range rows {
		for column, text := range row {
			if column == len(widths) {
				widths = append(widths, 0)
			}
			widths[column] = max(widths[column], utf8.RuneCountInString(string(text)))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for column, text := range row {
			line.WriteString(s.cell(text))
			line.WriteString(strings.Repeat(" ", widths[column]-utf8.RuneCountInString(string(text))+2))
		}
		fmt.Fprintln(out, strings.TrimRight(line.String(), " "))
	}
}

func writeJSON(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

func ago(since, now time.Time) string {
	return duration.HumanDuration(now.Sub(since)) + " ago"
}
