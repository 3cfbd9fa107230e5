// Package health holds the health checks of the chart's folder gitops, and what the documentation says of them, to what
// kstatus, Argo CD and Flux make of resources.
package health

import (
	"os"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

const root = "../../../"

var kinds = []string{"ActiveLearningExperiment", "ActiveLearningRound", "MultiViewDataset"}

// conditions says the status of Ready, Reconciling and Stalled in a state of states.md.
var conditions = map[string][3]string{
	"Progressing": {"False", "True", "False"},
	"Stalled":     {"False", "False", "True"},
	"Failed":      {"False", "False", "True"},
	"Held":        {"False", "False", "False"},
	"Complete":    {"True", "False", "False"},
}

// special are the states that no reason tells, by their names in gitops.md.
var special = map[string]func(resource map[string]any){
	"not looked at yet": func(resource map[string]any) {
		resource["status"] = map[string]any{"observedGeneration": int64(-1)}
	},
	"changed since the operator looked": func(resource map[string]any) {
		resource["metadata"].(map[string]any)["generation"] = int64(4)
	},
	"being deleted": func(resource map[string]any) {
		resource["metadata"].(map[string]any)["deletionTimestamp"] = "2026-01-01T12:00:00Z"
	},
	"without status": func(resource map[string]any) {
		delete(resource, "status")
	},
}

// verdict is what the tools make of a resource, in the words of the pages' tables.
type verdict struct{ kstatus, argoCD, flux string }

func TestStates(t *testing.T) {
	rows := rowsOf(t, "states.md", 7)
	if len(rows) < 20 {
		t.Fatalf("only %d states in states.md: has its table changed?", len(rows))
	}
	tools := newTools(t)
	for _, row := range rows {
		statuses, isState := conditions[row[1]]
		if !isState { // of an event, or of a stage
			continue
		}
		for _, kind := range kinds {
			t.Run(kind+"/"+row[0], func(t *testing.T) {
				expect(t, tools, resource(kind, row[0], statuses), verdict{row[4], row[5], row[6]})
			})
		}
	}
}

func TestStatesWithoutReason(t *testing.T) {
	rows := rowsOf(t, "gitops.md", 4)
	named := slices.Collect(func(yield func(string) bool) {
		for _, row := range rows {
			if !yield(row[0]) {
				return
			}
		}
	})
	for name := range special {
		if !slices.Contains(named, name) {
			t.Errorf("gitops.md does not say what becomes of a resource %s", name)
		}
	}
	tools := newTools(t)
	for _, row := range rows {
		change, known := special[row[0]]
		if !known {
			continue
		}
		for state, statuses := range conditions {
			for _, kind := range kinds {
				t.Run(kind+"/"+row[0]+"/"+state, func(t *testing.T) {
					changed := resource(kind, "Running", statuses)
					change(changed.Object)
					expect(t, tools, changed, verdict{row[1], row[2], row[3]})
				})
			}
		}
	}
}

func expect(t *testing.T, tools tools, resource *unstructured.Unstructured, expected verdict) {
	t.Helper()
	found := verdict{tools.kstatus(t, resource), tools.argoCD(t, resource), tools.flux(t, resource)}
	if found != expected {
		t.Errorf("found %+v, expected %+v", found, expected)
	}
}

func resource(kind, reason string, statuses [3]string) *unstructured.Unstructured {
	list := make([]any, 3)
	for i, name := range []string{"Ready", "Reconciling", "Stalled"} {
		list[i] = map[string]any{"type": name, "status": statuses[i], "reason": reason, "message": "a sentence"}
	}
	return &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "viewal.io/v1alpha1",
		"kind":       kind,
		"metadata":   map[string]any{"namespace": "team", "name": "some", "generation": int64(3)},
		"spec":       map[string]any{"dataset": "rooms"},
		"status":     map[string]any{"observedGeneration": int64(3), "conditions": list},
	}}
}

// rowsOf reads the cells of a page's tables that have a number of columns.
func rowsOf(t *testing.T, page string, columns int) [][]string {
	t.Helper()
	text, err := os.ReadFile(root + "src/site/" + page)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if !strings.HasPrefix(line, "|") || len(cells) != columns {
			continue
		}
		for i, cell := range cells {
			cells[i] = strings.Trim(strings.TrimSpace(cell), "`")
		}
		rows = append(rows, cells)
	}
	return rows
}
