package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// node is a resource with what belongs to it.
type node struct {
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	State   string `json:"state"`
	Reason  string `json:"reason,omitempty"`
	Message string `json:"message,omitempty"`

	MeanIoU         *float64 `json:"meanIoU,omitempty"`
	TrainedOn       *float64 `json:"trainedOn,omitempty"`
	LabeledFraction *float64 `json:"labeledFraction,omitempty"`

	Stages []stage `json:"stages,omitempty"`
	Rounds []node  `json:"rounds,omitempty"`
}

func (app *app) treeCommand() *cobra.Command {
	command := &cobra.Command{
		Use:               "tree [NAME]",
		Short:             "Experiments, their rounds, and the stages and Jobs of each",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: app.names,
	}
	output := outputFlag(command)
	command.RunE = func(command *cobra.Command, args []string) error {
		cluster, all, err := app.look(command.Context())
		if err != nil {
			return err
		}
		nodes, err := forest(cluster, all, args)
		if err != nil {
			return err
		}
		if *output == "json" {
			return writeJSON(app.out, nodes)
		}
		if len(nodes) == 0 {
			fmt.Fprintf(app.out, "There is nothing of viewal.io in namespace '%s'.\n", cluster.namespace)
			return nil
		}
		app.style.table(app.out, lines(nodes))
		return nil
	}
	return command
}

// forest is the tree of the resource that is named, or those of all that nothing else made.
func forest(cluster *cluster, all []resource, names []string) ([]node, error) {
	nodes := []node{}
	for _, name := range names {
		named, err := cluster.find(all, name)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, nodeOf(all, named))
	}
	if len(names) == 0 {
		for _, resource := range all {
			if resource.experiment() == "" {
				nodes = append(nodes, nodeOf(all, resource))
			}
		}
	}
	return nodes, nil
}

func nodeOf(all []resource, of resource) node {
	reason, message := of.says()
	made := node{
		Kind: of.Kind, Name: of.Metadata.Name, State: of.state(), Reason: reason, Message: message,
		MeanIoU: of.Status.MeanIoU, Stages: of.Status.Stages,
	}
	if of.Status.TrainedOn != nil {
		made.TrainedOn = of.Status.TrainedOn.Fraction
	}
	if of.Status.Labels != nil {
		made.LabeledFraction = of.Status.Labels.Fraction
	}
	for _, round := range under(all, of) {
		made.Rounds = append(made.Rounds, nodeOf(all, round))
	}
	return made
}

// lines are the rows of a table: what it is, where it stands, what it says.
func lines(nodes []node) [][]cell {
	var rows [][]cell
	for _, node := range nodes {
		rows = append(rows, branch(node, "", "")...)
	}
	return rows
}

// branch begins its first line with one text and all others with another.
func branch(of node, first, others string) [][]cell {
	rows := [][]cell{{cell(first + kindOf(of.Kind).noun + "/" + of.Name), cell(of.State), cell(of.summary())}}
	below := len(of.Stages) + len(of.Rounds)
	next := func() (string, string) {
		below--
		if below == 0 {
			return others + "└─ ", others + "   "
		}
		return others + "├─ ", others + "│  "
	}
	for _, stage := range of.Stages {
		head, _ := next()
		rows = append(rows, []cell{cell(head + strings.ToLower(stage.Stage)), cell(stage.State), cell(stage.summary())})
	}
	for _, round := range of.Rounds {
		head, rest := next()
		rows = append(rows, branch(round, head, rest)...)
	}
	return rows
}

func (n node) summary() string {
	if n.Kind != rounds.kind || n.State != complete {
		return n.Message
	}
	var parts []string
	if n.MeanIoU != nil {
		parts = append(parts, fmt.Sprintf("mIoU %.4g", *n.MeanIoU))
	}
	if n.TrainedOn != nil {
		parts = append(parts, fmt.Sprintf("trained on %s", percent(*n.TrainedOn)))
	}
	if n.LabeledFraction != nil {
		parts = append(parts, fmt.Sprintf("labeled now %s", percent(*n.LabeledFraction)))
	}
	return strings.Join(parts, ", ")
}

func (s stage) summary() string {
	var parts []string
	if s.Job != "" {
		parts = append(parts, "job/"+s.Job)
	}
	if s.Progress != nil && s.State == "Running" {
		parts = append(parts, fmt.Sprintf("%d %%", *s.Progress))
	}
	if s.ETA != nil && s.State == "Running" {
		parts = append(parts, "until about "+s.ETA.Local().Format("15:04"))
	}
	if s.Failures > 0 {
		parts = append(parts, fmt.Sprintf("%d failed before", s.Failures))
	}
	return strings.Join(parts, ", ")
}

func percent(fraction float64) string { return fmt.Sprintf("%.3g %%", 100*fraction) }
