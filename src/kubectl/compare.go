package main

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"
)

// figures are what a round's model learned from, what that cost, and what it brought.
type figures struct {
	Round     string   `json:"round"`
	State     string   `json:"state"`
	Arm       string   `json:"arm,omitempty"`
	Seed      string   `json:"seed,omitempty"`
	Strategy  string   `json:"strategy,omitempty"`
	MeanIoU   *float64 `json:"meanIoU,omitempty"`
	TrainedOn *float64 `json:"trainedOn,omitempty"`
	Clicks    *int64   `json:"clicks,omitempty"`
	Seconds   *float64 `json:"seconds,omitempty"`
}

func (app *app) compareCommand() *cobra.Command {
	command := &cobra.Command{
		Use:               "compare EXPERIMENT | compare ROUND ROUND…",
		Short:             "Scores and costs of rounds, a line each",
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: app.names,
	}
	output := outputFlag(command)
	command.RunE = func(command *cobra.Command, args []string) error {
		cluster, all, err := app.look(command.Context())
		if err != nil {
			return err
		}
		compared, err := compare(cluster, all, args)
		if err != nil {
			return err
		}
		if *output == "json" {
			return writeJSON(app.out, compared)
		}
		app.style.table(app.out, rowsOf(compared))
		return nil
	}
	return command
}

func compare(cluster *cluster, all []resource, names []string) ([]figures, error) {
	compared := []figures{}
	for _, name := range names {
		named, err := cluster.find(all, name)
		if err != nil {
			return nil, err
		}
		switch named.Kind {
		case experiments.kind:
			for _, round := range under(all, named) {
				compared = append(compared, figuresOf(round))
			}
		case rounds.kind:
			compared = append(compared, figuresOf(named))
		default:
			return nil, fmt.Errorf("%s is no experiment and no round", named.title())
		}
	}
	if len(compared) == 0 {
		return nil, errors.New("the experiment has no rounds yet")
	}
	return compared, nil
}

func figuresOf(round resource) figures {
	made := figures{
		Round: round.Metadata.Name, State: round.state(), Arm: round.Metadata.Labels["viewal.io/arm"],
		Seed: round.Metadata.Labels["viewal.io/seed"], Strategy: round.Spec.Strategy, MeanIoU: round.Status.MeanIoU,
	}
	if labels := round.Status.TrainedOn; labels != nil {
		made.TrainedOn, made.Clicks, made.Seconds = labels.Fraction, labels.Clicks, labels.Seconds
	}
	return made
}

func rowsOf(compared []figures) [][]cell {
	rows := [][]cell{{"ROUND", "STATE", "ARM", "SEED", "STRATEGY", "MIOU", "TRAINED ON", "CLICKS", "SECONDS"}}
	for _, round := range compared {
		rows = append(rows, []cell{cell(round.Round), cell(round.State), orDash(round.Arm), orDash(round.Seed),
			orDash(round.Strategy),
			shown(round.MeanIoU, func(value float64) string { return fmt.Sprintf("%.4g", value) }),
			shown(round.TrainedOn, percent),
			shown(round.Clicks, func(value int64) string { return strconv.FormatInt(value, 10) }),
			shown(round.Seconds, func(value float64) string { return fmt.Sprintf("%.0f", value) })})
	}
	return rows
}

func orDash(text string) cell {
	if text == "" {
		return "–"
	}
	return cell(text)
}

func shown[T any](value *T, format func(T) string) cell {
	if value == nil {
		return "–"
	}
	return cell(format(*value))
}
