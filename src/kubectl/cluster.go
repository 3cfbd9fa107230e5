package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
)

// kind is a kind of viewal.io by its names.
type kind struct{ kind, plural, noun, short string }

var (
	experiments = kind{"ActiveLearningExperiment", "activelearningexperiments", "experiment", "ale"}
	rounds      = kind{"ActiveLearningRound", "activelearningrounds", "round", "alr"}
	datasets    = kind{"MultiViewDataset", "multiviewdatasets", "dataset", "mvd"}
	kinds       = []kind{experiments, rounds, datasets}
)

func kindOf(name string) kind {
	for _, known := range kinds {
		if slices.Contains([]string{known.kind, known.noun, known.short, known.plural}, name) {
			return known
		}
	}
	return kind{}
}

// cluster reads one namespace.
type cluster struct {
	dynamic   dynamic.Interface
	kube      kubernetes.Interface
	namespace string
}

func (app *app) cluster() (*cluster, error) {
	loader := app.flags.ToRawKubeConfigLoader()
	namespace, _, err := loader.Namespace()
	if err != nil {
		return nil, err
	}
	config, err := loader.ClientConfig()
	if err != nil {
		return nil, err
	}
	config.QPS, config.Burst = 50, 100
	forResources, err := dynamic.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	kube, err := kubernetes.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	return &cluster{forResources, kube, namespace}, nil
}

// list returns the resources of a kind by their age; none where the cluster does not know the kind.
func (c *cluster) list(ctx context.Context, kind kind) ([]resource, error) {
	group := schema.GroupVersionResource{Group: "viewal.io", Version: "v1alpha1", Resource: kind.plural}
	// From the API server's memory: nothing here needs the newest version.
	found, err := c.dynamic.Resource(group).Namespace(c.namespace).List(ctx, metav1.ListOptions{ResourceVersion: "0"})
	if apierrors.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	list := make([]resource, len(found.Items))
	for i, item := range found.Items {
		if list[i], err = read(item); err != nil {
			return nil, fmt.Errorf("%s '%s': %w", kind.noun, item.GetName(), err)
		}
	}
	slices.SortFunc(list, func(a, b resource) int {
		return cmp.Or(a.Metadata.CreationTimestamp.Compare(b.Metadata.CreationTimestamp.Time),
			cmp.Compare(a.Metadata.Name, b.Metadata.Name))
	})
	return list, nil
}

func read(item unstructured.Unstructured) (read resource, err error) {
	text, err := item.MarshalJSON()
	if err == nil {
		err = json.Unmarshal(text, &read)
	}
	return read, err
}

func (c *cluster) all(ctx context.Context) ([]resource, error) {
	var all []resource
	for _, kind := range kinds {
		list, err := c.list(ctx, kind)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

// find returns the resource of a reference, NAME or KIND/NAME; of several with one name the experiment, or else the round.
func (c *cluster) find(all []resource, reference string) (resource, error) {
	noun, name, hasKind := strings.Cut(reference, "/")
	if !hasKind {
		noun, name = "", reference
	} else if kindOf(noun).kind == "" {
		return resource{}, fmt.Errorf("'%s' is no kind of viewal.io: experiment, round and dataset are", noun)
	}
	var titles []string
	for _, candidate := range all {
		if candidate.Metadata.Name == name && (!hasKind || candidate.Kind == kindOf(noun).kind) {
			return candidate, nil
		}
		titles = append(titles, candidate.title())
	}
	there := "there is nothing of viewal.io"
	if len(titles) > 0 {
		there = "there are " + strings.Join(titles[:min(len(titles), 10)], ", ")
	}
	return resource{}, fmt.Errorf("no '%s' in namespace '%s': %s", reference, c.namespace, there)
}

// under returns what belongs to a resource: the rounds of an experiment.
func under(all []resource, of resource) []resource {
	var found []resource
	for _, candidate := range all {
		if of.Kind == experiments.kind && candidate.Kind == rounds.kind && candidate.experiment() == of.Metadata.Name {
			found = append(found, candidate)
		}
	}
	return found
}
