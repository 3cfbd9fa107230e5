package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

const mostEvents = 5

// explanation is what a resource waits for.
type explanation struct {
	Kind    string      `json:"kind"`
	Name    string      `json:"name"`
	State   string      `json:"state"`
	Since   metav1.Time `json:"since"`
	Reason  string      `json:"reason,omitempty"`
	Message string      `json:"message,omitempty"`
	// Stage is the one that it is at; none once all are complete.
	Stage *stage `json:"stage,omitempty"`
	// Because are the resources that it waits for, or that failed.
	Because []explanation `json:"because,omitempty"`
	Events  []event       `json:"events,omitempty"`
}

type event struct {
	At      metav1.Time `json:"at"`
	Type    string      `json:"type"`
	Reason  string      `json:"reason"`
	Message string      `json:"message"`
}

func (app *app) whyCommand() *cobra.Command {
	command := &cobra.Command{
		Use:               "why NAME",
		Short:             "What a resource waits for, since when, and what that waits for",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: app.names,
	}
	output := outputFlag(command)
	command.RunE = func(command *cobra.Command, args []string) error {
		cluster, all, err := app.look(command.Context())
		if err != nil {
			return err
		}
		named, err := cluster.find(all, args[0])
		if err != nil {
			return err
		}
		explained := explain(all, named, map[string]bool{})
		if explained.Events, err = cluster.events(command.Context(), named); err != nil {
			return err
		}
		if *output == "json" {
			return writeJSON(app.out, explained)
		}
		app.tell(explained, "", time.Now())
		return nil
	}
	return command
}

// explain goes on to what a resource waits for; never twice to the same, as rounds may wait for each other.
func explain(all []resource, of resource, seen map[string]bool) explanation {
	seen[of.title()] = true
	reason, message := of.says()
	explained := explanation{
		Kind: of.Kind, Name: of.Metadata.Name, State: of.state(), Since: metav1.NewTime(of.since()),
		Reason: reason, Message: message,
	}
	if !of.ended() {
		explained.Stage = of.currentStage()
	}
	for _, cause := range causes(all, of, reason) {
		if !seen[cause.title()] {
			explained.Because = append(explained.Because, explain(all, cause, seen))
		}
	}
	return explained
}

func causes(all []resource, of resource, reason string) []resource {
	var found []resource
	for _, candidate := range all {
		isCause := false
		switch {
		case of.Kind == experiments.kind && candidate.experiment() == of.Metadata.Name:
			isCause = candidate.state() == stalled || candidate.state() == failed
		case of.Kind != datasets.kind && strings.HasPrefix(reason, "Dataset"):
			isCause = candidate.Kind == datasets.kind && candidate.Metadata.Name == of.Spec.Dataset
		case of.Kind == rounds.kind && strings.HasPrefix(reason, "PreviousRound"):
			isCause = candidate.Kind == rounds.kind && candidate.Metadata.Name == of.Spec.PreviousRound
		}
		if isCause {
			found = append(found, candidate)
		}
	}
	return found
}

// events returns the last ones about a resource, oldest first.
func (c *cluster) events(ctx context.Context, about resource) ([]event, error) {
	list, err := c.kube.CoreV1().Events(c.namespace).List(ctx, metav1.ListOptions{
		FieldSelector: "involvedObject.uid=" + string(about.Metadata.UID)})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(list.Items, func(a, b corev1.Event) int { return a.LastTimestamp.Compare(b.LastTimestamp.Time) })
	var last []event
	for _, item := range list.Items[max(0, len(list.Items)-mostEvents):] {
		last = append(last, event{item.LastTimestamp, item.Type, item.Reason, item.Message})
	}
	return last, nil
}

func (app *app) tell(explained explanation, indent string, now time.Time) {
	write := func(format string, args ...any) { fmt.Fprintf(app.out, indent+format+"\n", args...) }
	write("%s/%s is %s since %s (%s)", kindOf(explained.Kind).noun, explained.Name,
		app.style.cell(cell(explained.State)), explained.Since.Local().Format(time.DateTime), ago(explained.Since.Time, now))
	if explained.Reason != "" {
		write("  %s: %s", explained.Reason, explained.Message)
	} else {
		write("  %s", explained.Message)
	}
	if at := explained.Stage; at != nil && at.Job != "" {
		write("  at %s, attempt %d: %s", strings.ToLower(at.Stage), at.Attempt, app.style.cell(cell(at.State)))
		write("    %s", at.summary())
	}
	if at := explained.Stage; at != nil && at.RetryAt != nil {
		write("    the next attempt is due at %s", at.RetryAt.Local().Format(time.TimeOnly))
	}
	for _, event := range explained.Events {
		write("  %s  %s: %s", event.At.Local().Format(time.TimeOnly), event.Reason, event.Message)
	}
	for _, cause := range explained.Because {
		write("because")
		app.tell(cause, indent+"  ", now)
	}
}
