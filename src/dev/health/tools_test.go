package health

import (
	"os"
	"testing"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/ext"
	lua "github.com/yuin/gopher-lua"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"
)

// tools are Argo CD's and Flux's ways to read a resource's health, with the chart's checks.
type tools struct {
	scripts map[string]string // of argocd-cm, by its keys
	checks  []healthCheck
}

// healthCheck is an item of healthCheckExprs.
type healthCheck struct{ Kind, InProgress, Failed, Current string }

func newTools(t *testing.T) tools {
	t.Helper()
	files := filesys.MakeFsInMemory()
	for _, name := range []string{"argo-cd/kustomization.yaml", "argo-cd/health.lua", "flux.yaml"} {
		content, err := os.ReadFile(root + "helm/gitops/" + name)
		if err != nil {
			t.Fatal(err)
		}
		write(t, files, "gitops/"+name, string(content))
	}
	return tools{scripts: argoScripts(t, files), checks: fluxChecks(t, files)}
}

func argoScripts(t *testing.T, files filesys.FileSystem) map[string]string {
	write(t, files, "argo/kustomization.yaml", "resources: [cm.yaml]\ncomponents: [../gitops/argo-cd]\n")
	write(t, files, "argo/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm}\ndata: {url: https://argo.example.com}\n")
	var made struct {
		Metadata struct{ Name string }
		Data     map[string]string
	}
	kustomized(t, files, "argo", &made)
	if made.Metadata.Name != "argocd-cm" || made.Data["url"] != "https://argo.example.com" {
		t.Fatalf("Argo CD's ConfigMap is not merged but %+v", made)
	}
	return made.Data
}

func fluxChecks(t *testing.T, files filesys.FileSystem) []healthCheck {
	write(t, files, "flux/kustomization.yaml", "resources: [own.yaml]\npatches: [{path: ../gitops/flux.yaml, target: {kind: Kustomization}}]\n")
	write(t, files, "flux/own.yaml", "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: experiments}\nspec: {wait: true}\n")
	var made struct {
		Spec struct {
			Wait             bool
			HealthCheckExprs []healthCheck
		}
	}
	kustomized(t, files, "flux", &made)
	if !made.Spec.Wait {
		t.Fatalf("Flux's Kustomization is not patched but %+v", made)
	}
	return made.Spec.HealthCheckExprs
}

func write(t *testing.T, files filesys.FileSystem, name, content string) {
	t.Helper()
	if err := files.WriteFile(name, []byte(content)); err != nil {
		t.Fatal(err)
	}
}

func kustomized(t *testing.T, files filesys.FileSystem, folder string, into any) {
	t.Helper()
	options := krusty.MakeDefaultOptions()
	options.LoadRestrictions = 0
	made, err := krusty.MakeKustomizer(options).Run(files, folder)
	if err != nil {
		t.Fatal(err)
	}
	text, err := made.AsYaml()
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

func (tools) kstatus(t *testing.T, resource *unstructured.Unstructured) string {
	t.Helper()
	result, err := status.Compute(resource)
	if err != nil {
		t.Fatal(err)
	}
	return result.Status.String()
}

// argoCD runs a script with the libraries that Argo CD gives to it by default: of strings there is none.
func (tools tools) argoCD(t *testing.T, resource *unstructured.Unstructured) string {
	t.Helper()
	script, known := tools.scripts["resource.customizations.health.viewal.io_"+resource.GetKind()]
	if !known {
		return "unknown kind"
	}
	machine := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer machine.Close()
	for name, open := range map[string]lua.LGFunction{lua.BaseLibName: lua.OpenBase, lua.TabLibName: lua.OpenTable} {
		if err := machine.CallByParam(lua.P{Fn: machine.NewFunction(open), Protect: true}, lua.LString(name)); err != nil {
			t.Fatal(err)
		}
	}
	machine.SetGlobal("obj", toLua(machine, resource.Object))
	if err := machine.DoString(script); err != nil {
		t.Fatal(err)
	}
	health, isTable := machine.Get(-1).(*lua.LTable)
	if !isTable {
		t.Fatalf("the script returns %v, which is no table", machine.Get(-1))
	}
	if health.RawGetString("message").String() == "" {
		t.Error("no message for people")
	}
	return health.RawGetString("status").String()
}

func toLua(machine *lua.LState, value any) lua.LValue {
	switch value := value.(type) {
	case string:
		return lua.LString(value)
	case int64:
		return lua.LNumber(value)
	case []any:
		table := machine.NewTable()
		for _, item := range value {
			table.Append(toLua(machine, item))
		}
		return table
	case map[string]any:
		table := machine.NewTable()
		for key, item := range value {
			table.RawSetString(key, toLua(machine, item))
		}
		return table
	default:
		panic(value)
	}
}

// flux goes by Flux's RFC 9: a generation that was not observed is in progress, and so is what no expression says otherwise.
func (tools tools) flux(t *testing.T, resource *unstructured.Unstructured) string {
	t.Helper()
	observed, has, _ := unstructured.NestedInt64(resource.Object, "status", "observedGeneration")
	if has && observed != resource.GetGeneration() {
		return "waits"
	}
	for _, check := range tools.checks {
		switch {
		case check.Kind != resource.GetKind():
		case isTrue(t, check.InProgress, resource):
			return "waits"
		case isTrue(t, check.Failed, resource):
			return "fails at once"
		case isTrue(t, check.Current, resource):
			return "ready"
		default:
			return "waits"
		}
	}
	return "unknown kind"
}

// isTrue evaluates as Flux does. Where there is no status at all no expression can be evaluated, and Flux waits.
func isTrue(t *testing.T, expression string, resource *unstructured.Unstructured) bool {
	t.Helper()
	environment, err := cel.NewEnv(cel.HomogeneousAggregateLiterals(), cel.EagerlyValidateDeclarations(true),
		cel.DefaultUTCTimeZone(true), cel.CrossTypeNumericComparisons(true), cel.OptionalTypes(),
		ext.Strings(), ext.Sets(), ext.Encoders())
	if err != nil {
		t.Fatal(err)
	}
	parsed, issues := environment.Parse(expression)
	if issues.Err() != nil {
		t.Fatal(issues.Err())
	}
	program, err := environment.Program(parsed)
	if err != nil {
		t.Fatal(err)
	}
	value, _, err := program.Eval(resource.Object)
	if err != nil {
		if _, hasStatus := resource.Object["status"]; hasStatus {
			t.Fatal(err)
		}
		return false
	}
	return value == types.True
}
