package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func (app *app) logsCommand() *cobra.Command {
	command := &cobra.Command{
		Use:               "logs NAME [STAGE]",
		Short:             "What the workers of a stage's newest attempt write",
		Long:              "The stage is the one that the resource is at, or else the last one. Lines of several pods begin with the pod's name.",
		Args:              cobra.RangeArgs(1, 2),
		ValidArgsFunction: app.names,
	}
	follow := command.Flags().BoolP("follow", "f", false, "go on while they write")
	command.RunE = func(command *cobra.Command, args []string) error {
		cluster, all, err := app.look(command.Context())
		if err != nil {
			return err
		}
		named, err := cluster.find(all, args[0])
		if err != nil {
			return err
		}
		stage, err := stageOf(named, args[1:])
		if err != nil {
			return err
		}
		pods, err := cluster.pods(command.Context(), named, stage)
		if err != nil {
			return err
		}
		return cluster.copyLogs(command.Context(), pods, *follow, app.out)
	}
	return command
}

func stageOf(of resource, names []string) (string, error) {
	var known []string
	for _, stage := range of.Status.Stages {
		known = append(known, strings.ToLower(stage.Stage))
	}
	if len(known) == 0 {
		_, message := of.says()
		return "", fmt.Errorf("%s has no stages yet: %s", of.title(), message)
	}
	if len(names) > 0 {
		if !slices.Contains(known, strings.ToLower(names[0])) {
			return "", fmt.Errorf("'%s' is no stage of %s: %s are", names[0], of.title(), strings.Join(known, ", "))
		}
		return strings.ToLower(names[0]), nil
	}
	if current := of.currentStage(); current != nil {
		return strings.ToLower(current.Stage), nil
	}
	return known[len(known)-1], nil
}

// pods returns those of a stage's newest attempt.
func (c *cluster) pods(ctx context.Context, of resource, stage string) ([]corev1.Pod, error) {
	list, err := c.kube.CoreV1().Pods(c.namespace).List(ctx, metav1.ListOptions{
		LabelSelector: fmt.Sprintf("viewal.io/%s=%s,viewal.io/stage=%s", of.noun(), of.Metadata.Name, stage)})
	if err != nil {
		return nil, err
	}
	newest := 0
	for _, pod := range list.Items {
		newest = max(newest, attempt(pod))
	}
	pods := slices.DeleteFunc(list.Items, func(pod corev1.Pod) bool { return attempt(pod) != newest })
	if len(pods) == 0 {
		return nil, fmt.Errorf("%s has no pod of stage %s: it has none yet, or its Job was deleted", of.title(), stage)
	}
	slices.SortFunc(pods, func(a, b corev1.Pod) int { return cmp.Compare(a.Name, b.Name) })
	return pods, nil
}

func attempt(pod corev1.Pod) int {
	number, _ := strconv.Atoi(pod.Labels["viewal.io/attempt"])
	return number
}

// copyLogs copies those of several pods line by line, so that none is torn.
func (c *cluster) copyLogs(ctx context.Context, pods []corev1.Pod, follow bool, out io.Writer) error {
	var writing sync.Mutex
	failures := make([]error, len(pods))
	var copying sync.WaitGroup
	for i, pod := range pods {
		copying.Go(func() {
			prefix := ""
			if len(pods) > 1 {
				prefix = pod.Name + "  "
			}
			failures[i] = c.copyLog(ctx, pod, follow, func(line string) {
				writing.Lock()
				defer writing.Unlock()
				fmt.Fprint(out, prefix, line)
			})
		})
		if !follow {
			copying.Wait()
		}
	}
	copying.Wait()
	return cmp.Or(failures...)
}

func (c *cluster) copyLog(ctx context.Context, pod corev1.Pod, follow bool, write func(line string)) error {
	options := &corev1.PodLogOptions{Container: pod.Spec.Containers[0].Name, Follow: follow}
	stream, err := c.kube.CoreV1().Pods(c.namespace).GetLogs(pod.Name, options).Stream(ctx)
	if err != nil {
		return err
	}
	defer stream.Close()
	for reader := bufio.NewReader(stream); ; {
		line, err := reader.ReadString('\n')
		if line != "" {
			write(strings.TrimRight(line, "\n") + "\n")
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
