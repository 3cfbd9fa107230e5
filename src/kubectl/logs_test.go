package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

const podList = `{"kind": "PodList", "apiVersion": "v1", "items": [
  {"metadata": {"name": "score-2-1", "labels": {"viewal.io/attempt": "2"}}, "spec": {"containers": [{"name": "worker"}, {"name": "proxy"}]}},
  {"metadata": {"name": "score-2-0", "labels": {"viewal.io/attempt": "2"}}, "spec": {"containers": [{"name": "worker"}]}},
  {"metadata": {"name": "score-1-0", "labels": {"viewal.io/attempt": "1"}}, "spec": {"containers": [{"name": "worker"}]}}]}`

// podServer answers as an API server does that has the pods of two attempts of a stage.
func podServer(t *testing.T) *cluster {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		const pods = "/api/v1/namespaces/team/pods"
		query := request.URL.Query()
		switch {
		case request.URL.Path == pods && query.Get("labelSelector") == "viewal.io/round=round-0,viewal.io/stage=score":
			response.Header().Set("Content-Type", "application/json")
			io.WriteString(response, podList)
		case strings.HasSuffix(request.URL.Path, "/log") && query.Get("container") == "worker":
			name := strings.TrimSuffix(strings.TrimPrefix(request.URL.Path, pods+"/"), "/log")
			fmt.Fprintf(response, "first of %s\nlast", name)
		default:
			http.NotFound(response, request)
		}
	}))
	t.Cleanup(server.Close)
	kube, err := kubernetes.NewForConfig(&rest.Config{Host: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	return &cluster{kube: kube, namespace: "team"}
}

func TestLogsAreThoseOfAllPodsOfTheNewestAttempt(t *testing.T) {
	cluster := podServer(t)
	round := resource{Kind: rounds.kind}
	round.Metadata.Name = "round-0"
	pods, err := cluster.pods(t.Context(), round, "score")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := cluster.copyLogs(t.Context(), pods, false, &out); err != nil {
		t.Fatal(err)
	}
	expected := "score-2-0  first of score-2-0\nscore-2-0  last\nscore-2-1  first of score-2-1\nscore-2-1  last\n"
	if out.String() != expected {
		t.Errorf("found\n%s\nexpected\n%s", out.String(), expected)
	}
}
