package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
)

func (app *app) watchCommand() *cobra.Command {
	command := &cobra.Command{
		Use:   "watch [NAME]",
		Short: "The tree, live, until all of it has ended",
		Long: "Draws the tree anew while it changes; where the output is no terminal, writes a line for each change. Ends when all has" +
			" ended: with status 1 when something failed.",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: app.names,
	}
	interval := command.Flags().Duration("interval", time.Second, "between two looks")
	command.RunE = func(command *cobra.Command, args []string) error {
		cluster, err := app.cluster()
		if err != nil {
			return err
		}
		return app.watch(command.Context(), cluster, args, *interval)
	}
	return command
}

func (app *app) watch(ctx context.Context, cluster *cluster, names []string, interval time.Duration) error {
	told := map[string]string{}
	for {
		all, err := cluster.all(ctx)
		if err != nil {
			return err
		}
		nodes, err := forest(cluster, all, names)
		if err != nil {
			return err
		}
		if app.terminal {
			fmt.Fprint(app.out, "\033[H\033[2J")
			app.style.table(app.out, lines(nodes))
		} else {
			app.tellChanges(nodes, told)
		}
		if left, hasFailed := count(nodes); left == 0 && len(nodes) > 0 {
			if hasFailed {
				return errors.New("something failed; kubectl viewal why NAME tells more")
			}
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(interval):
		}
	}
}

func (app *app) tellChanges(nodes []node, told map[string]string) {
	for _, node := range nodes {
		title := kindOf(node.Kind).noun + "/" + node.Name
		says := node.State + "  " + node.Message
		if told[title] != says {
			told[title] = says
			fmt.Fprintf(app.out, "%s  %s  %s\n", time.Now().Format(time.TimeOnly), title, says)
		}
		app.tellChanges(node.Rounds, told)
	}
}

// count says how many have not ended yet, and whether one of those that have ended failed.
func count(nodes []node) (left int, hasFailed bool) {
	for _, node := range nodes {
		if node.State != complete && node.State != failed {
			left++
		}
		leftBelow, failedBelow := count(node.Rounds)
		left += leftBelow
		hasFailed = hasFailed || node.State == failed || failedBelow
	}
	return left, hasFailed
}
