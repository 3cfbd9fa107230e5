package main

import (
	"bytes"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// declared are resources as the operator leaves them: an experiment with a complete, a failed and a running round, and one
// round that waits for another one, which waits for a data set.
const declared = `
- kind: ActiveLearningExperiment
  metadata: {name: comparison}
  status:
    conditions: [{type: Ready, status: "False", reason: RoundsUnderway, message: 1 of 3 rounds is done},
      {type: Reconciling, status: "True", lastTransitionTime: "2026-01-01T12:00:00Z"}]
    stages: [{stage: Report, state: Pending}]
- kind: ActiveLearningRound
  metadata: {name: comparison-viewal-s0-r0, labels: {viewal.io/arm: viewal, viewal.io/seed: "0"},
    ownerReferences: [{kind: ActiveLearningExperiment, name: comparison}]}
  spec: {strategy: ViewAL}
  status:
    outcome: Complete
    meanIoU: 0.31234
    trainedOn: {fraction: 0.0107, clicks: 400, seconds: 1200.4}
    labels: {fraction: 0.0213, clicks: 800, seconds: 2400.8}
    conditions: [{type: Ready, status: "True", reason: Complete, message: 2 regions labeled}]
    stages: [{stage: Train, state: Complete, job: train-1}, {stage: Label, state: Complete, job: label-1}]
- kind: ActiveLearningRound
  metadata: {name: comparison-random-s0-r0, ownerReferences: [{kind: ActiveLearningExperiment, name: comparison}]}
  status:
    outcome: Failed
    conditions: [{type: Ready, status: "False", reason: OutOfMemory, message: the worker may use 2 GiB}, {type: Stalled, status: "True"}]
- kind: ActiveLearningRound
  metadata: {name: first}
  spec: {dataset: rooms, previousRound: second}
  status:
    conditions: [{type: Ready, status: "False", reason: PreviousRoundNotReady, message: second is not complete},
      {type: Reconciling, status: "True"}]
- kind: ActiveLearningRound
  metadata: {name: second}
  spec: {dataset: rooms, previousRound: first}
  status:
    conditions: [{type: Ready, status: "False", reason: DatasetNotReady, message: rooms is not ready}, {type: Reconciling, status: "True"}]
- kind: MultiViewDataset
  metadata: {name: rooms}
- kind: MultiViewDataset
  metadata: {name: held}
  status:
    conditions: [{type: Ready, status: "False", reason: Suspended, message: held by spec.suspend}, {type: Reconciling, status: "False"},
      {type: Stalled, status: "False"}]
`

func resources(t *testing.T) []resource {
	t.Helper()
	var all []resource
	if err := yaml.Unmarshal([]byte(declared), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func printed(t *testing.T, nodes []node, style style) string {
	t.Helper()
	var out bytes.Buffer
	style.table(&out, lines(nodes))
	return out.String()
}

func TestTreeShowsExperimentsRoundsAndStages(t *testing.T) {
	nodes, err := forest(&cluster{}, resources(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	expected := `experiment/comparison             Progressing  1 of 3 rounds is done
├─ report                         Pending
├─ round/comparison-viewal-s0-r0  Complete     mIoU 0.3123, trained on 1.07 %, labeled now 2.13 %
│  ├─ train                       Complete     job/train-1
│  └─ label                       Complete     job/label-1
└─ round/comparison-random-s0-r0  Failed       the worker may use 2 GiB
round/first                       Progressing  second is not complete
round/second                      Progressing  rooms is not ready
dataset/rooms                     Unseen       the operator has not looked at it yet
dataset/held                      Held         held by spec.suspend
`
	if found := printed(t, nodes, style{}); found != expected {
		t.Errorf("found\n%s\nexpected\n%s", found, expected)
	}
	if coloured := printed(t, nodes, style{colours: true}); !strings.Contains(coloured, "\033[31mFailed\033[0m       the") {
		t.Errorf("colours disturb the columns:\n%s", coloured)
	}
}

func TestWatchEndsWhenAllHasEndedAndKnowsOfFailures(t *testing.T) {
	nodes, err := forest(&cluster{}, resources(t), []string{"comparison"})
	if err != nil {
		t.Fatal(err)
	}
	if left, hasFailed := count(nodes); left != 1 || !hasFailed {
		t.Errorf("%d left, failed: %v", left, hasFailed)
	}
}

func TestWhyGoesOnToWhatIsWaitedForAndComesToAnEnd(t *testing.T) {
	all := resources(t)
	var chain []string
	next, _ := (&cluster{}).find(all, "round/first")
	for explained := explain(all, next, map[string]bool{}); ; explained = explained.Because[0] {
		chain = append(chain, explained.Name)
		if len(explained.Because) == 0 {
			break
		}
	}
	if found := strings.Join(chain, " "); found != "first second rooms" {
		t.Errorf("found %s", found)
	}
	experiment, _ := (&cluster{}).find(all, "comparison")
	because := explain(all, experiment, map[string]bool{}).Because
	if len(because) != 1 || because[0].Reason != "OutOfMemory" {
		t.Errorf("found %+v", because)
	}
}

func TestCompareHasALineForEachRound(t *testing.T) {
	compared, err := compare(&cluster{}, resources(t), []string{"comparison"})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	style{}.table(&out, rowsOf(compared))
	expected := `ROUND                    STATE     ARM     SEED  STRATEGY  MIOU    TRAINED ON  CLICKS  SECONDS
comparison-viewal-s0-r0  Complete  viewal  0     ViewAL    0.3123  1.07 %      400     1200
comparison-random-s0-r0  Failed    –       –     –         –       –           –       –
`
	if out.String() != expected {
		t.Errorf("found\n%s\nexpected\n%s", out.String(), expected)
	}
	if _, err := compare(&cluster{}, resources(t), []string{"dataset/rooms"}); err == nil {
		t.Error("a data set has no scores")
	}
}

func TestFindSaysWhatThereIs(t *testing.T) {
	_, err := (&cluster{namespace: "team"}).find(resources(t)[5:], "nothing")
	if err == nil || err.Error() != "no 'nothing' in namespace 'team': there are dataset/rooms, dataset/held" {
		t.Error(err)
	}
	_, err = (&cluster{}).find(nil, "pod/x")
	if err == nil || !strings.Contains(err.Error(), "'pod' is no kind of viewal.io") {
		t.Error(err)
	}
}

func TestLogsAreOfTheStageThatIsAskedForOrUnderWay(t *testing.T) {
	complete := resources(t)[1]
	for asked, expected := range map[string]string{"": "label", "Train": "train"} {
		if found, err := stageOf(complete, strings.Fields(asked)); found != expected || err != nil {
			t.Errorf("%s: %s %v", asked, found, err)
		}
	}
	if _, err := stageOf(complete, []string{"sleep"}); err == nil {
		t.Error("there is no such stage")
	}
}
