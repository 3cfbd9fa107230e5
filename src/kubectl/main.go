// Command kubectl-viewal is a kubectl plug-in that shows experiments, rounds and data sets as people ask for them. It only
// reads.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/spf13/cobra"
	"golang.org/x/term"
	"k8s.io/cli-runtime/pkg/genericclioptions"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := rootCommand().ExecuteContext(ctx); err != nil {
		if ctx.Err() == nil {
			fmt.Fprintln(os.Stderr, "kubectl viewal:", err)
		}
		os.Exit(1)
	}
}

func rootCommand() *cobra.Command {
	flags := genericclioptions.NewConfigFlags(true)
	terminal := term.IsTerminal(int(os.Stdout.Fd()))
	app := &app{flags: flags, out: os.Stdout, terminal: terminal, style: style{colours: terminal && os.Getenv("NO_COLOR") == ""}}
	root := &cobra.Command{
		Use:           "kubectl-viewal",
		Short:         "Experiments, rounds and data sets of viewal.io, as people ask for them",
		Annotations:   map[string]string{cobra.CommandDisplayNameAnnotation: "kubectl viewal"},
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       version,
	}
	flags.AddFlags(root.PersistentFlags())
	root.AddCommand(app.treeCommand(), app.watchCommand(), app.logsCommand(), app.whyCommand(), app.reportCommand(),
		app.compareCommand())
	return root
}

// version is that of the release, which its build sets.
var version = "development"

// app is what all commands share.
type app struct {
	flags    *genericclioptions.ConfigFlags
	out      *os.File
	terminal bool
	style    style
}

// outputFlag adds -o, which takes json alone.
func outputFlag(command *cobra.Command) *string {
	output := command.Flags().StringP("output", "o", "", "json, instead of lines for people")
	command.PreRunE = func(*cobra.Command, []string) error {
		if *output != "" && *output != "json" {
			return fmt.Errorf("--output knows json alone, not '%s'", *output)
		}
		return nil
	}
	return output
}

// look connects to the cluster and lists the resources of its namespace.
func (app *app) look(context context.Context) (*cluster, []resource, error) {
	cluster, err := app.cluster()
	if err != nil {
		return nil, nil, err
	}
	all, err := cluster.all(context)
	return cluster, all, err
}

// names completes the names of resources.
func (app *app) names(command *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	_, all, err := app.look(command.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	for _, resource := range all {
		names = append(names, resource.Metadata.Name+"\t"+resource.noun()+", "+resource.state())
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
