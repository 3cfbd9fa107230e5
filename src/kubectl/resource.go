package main

import (
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Where a resource stands, as the documentation's page of states has it.
const (
	unseen      = "Unseen"
	progressing = "Progressing"
	stalled     = "Stalled"
	held        = "Held"
	failed      = "Failed"
	complete    = "Complete"
)

// resource has the fields of experiments, rounds and data sets that are read here.
type resource struct {
	Kind     string            `json:"kind"`
	Metadata metav1.ObjectMeta `json:"metadata"`
	Spec     struct {
		Dataset       string `json:"dataset"`
		PreviousRound string `json:"previousRound"`
		Strategy      string `json:"strategy"`
	} `json:"spec"`
	Status struct {
		Stage      string              `json:"stage"`
		Progress   string              `json:"progress"`
		Outcome    string              `json:"outcome"`
		MeanIoU    *float64            `json:"meanIoU"`
		TrainedOn  *labels             `json:"trainedOn"`
		Labels     *labels             `json:"labels"`
		Conditions []metav1.Condition  `json:"conditions"`
		Stages     []stage             `json:"stages"`
		Artifacts  map[string]artifact `json:"artifacts"`
		Store      *store              `json:"store"`
		Inputs     *struct {
			Store *store `json:"store"`
		} `json:"inputs"`
	} `json:"status"`
}

type labels struct {
	Fraction *float64 `json:"fraction"`
	Clicks   *int64   `json:"clicks"`
	Seconds  *float64 `json:"seconds"`
}

type stage struct {
	Stage    string       `json:"stage"`
	State    string       `json:"state"`
	Job      string       `json:"job,omitempty"`
	Attempt  int          `json:"attempt,omitempty"`
	Failures int          `json:"failures,omitempty"`
	Progress *int         `json:"progress,omitempty"`
	RetryAt  *metav1.Time `json:"retryAt,omitempty"`
	ETA      *metav1.Time `json:"eta,omitempty"`
	Message  string       `json:"message,omitempty"`
}

type artifact struct {
	URI    string `json:"uri"`
	SHA256 string `json:"sha256"`
}

type store struct {
	Endpoint              string `json:"endpoint"`
	Region                string `json:"region"`
	CredentialsSecretName string `json:"credentialsSecretName"`
}

func (r resource) noun() string { return kindOf(r.Kind).noun }

func (r resource) title() string { return r.noun() + "/" + r.Metadata.Name }

func (r resource) condition(name string) *metav1.Condition {
	for i := range r.Status.Conditions {
		if r.Status.Conditions[i].Type == name {
			return &r.Status.Conditions[i]
		}
	}
	return nil
}

func (r resource) isTrue(name string) bool {
	condition := r.condition(name)
	return condition != nil && condition.Status == metav1.ConditionTrue
}

func (r resource) state() string {
	switch {
	case r.condition("Ready") == nil:
		return unseen
	case r.Status.Outcome == failed:
		return failed
	case r.isTrue("Stalled"):
		return stalled
	case r.isTrue("Reconciling"):
		return progressing
	case r.isTrue("Ready"):
		return complete
	default:
		return held
	}
}

func (r resource) ended() bool { return r.state() == complete || r.state() == failed }

// says is the reason and the sentence of its condition Ready.
func (r resource) says() (reason, message string) {
	if ready := r.condition("Ready"); ready != nil {
		return ready.Reason, ready.Message
	}
	return "", "the operator has not looked at it yet"
}

// since is when it came to the state that it is in; for one that was not looked at, when it was made.
func (r resource) since() time.Time {
	for _, name := range []string{"Stalled", "Reconciling", "Ready"} {
		if r.isTrue(name) {
			return r.condition(name).LastTransitionTime.Time
		}
	}
	latest := r.Metadata.CreationTimestamp.Time
	for _, condition := range r.Status.Conditions { // held: when the last of them became false
		if (condition.Type == "Stalled" || condition.Type == "Reconciling") && condition.LastTransitionTime.After(latest) {
			latest = condition.LastTransitionTime.Time
		}
	}
	return latest
}

// experiment names the one that made it; empty when a person did.
func (r resource) experiment() string {
	for _, owner := range r.Metadata.OwnerReferences {
		if owner.Kind == experiments.kind {
			return owner.Name
		}
	}
	return ""
}

func (r resource) currentStage() *stage {
	for i := range r.Status.Stages {
		if r.Status.Stages[i].State != complete {
			return &r.Status.Stages[i]
		}
	}
	return nil
}

func (r resource) store() *store {
	if r.Status.Inputs != nil && r.Status.Inputs.Store != nil {
		return r.Status.Inputs.Store
	}
	return r.Status.Store
}
