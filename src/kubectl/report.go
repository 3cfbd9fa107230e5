package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/spf13/cobra"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// reportOptions say where a page is fetched from, and where to.
type reportOptions struct{ out, endpoint, credentials string }

func (app *app) reportCommand() *cobra.Command {
	command := &cobra.Command{
		Use:   "report NAME",
		Short: "Fetches the report of an experiment, or the page of a round, and opens it",
		Long: "Fetches it from the store with the credentials of the Secret that the resource names. It is opened when the output" +
			" is a terminal.",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: app.names,
	}
	var options reportOptions
	command.Flags().StringVar(&options.out, "out", "", "file to write (NAME.html)")
	command.Flags().StringVar(&options.endpoint, "endpoint", "", "the store as this machine reaches it, http(s)://host:port")
	command.Flags().StringVar(&options.credentials, "credentials", "", "folder with the files accessKey and secretKey")
	command.RunE = func(command *cobra.Command, args []string) error {
		cluster, all, err := app.look(command.Context())
		if err != nil {
			return err
		}
		named, err := cluster.find(all, args[0])
		if err != nil {
			return err
		}
		file, err := cluster.fetchPage(command.Context(), named, options)
		if err != nil {
			return err
		}
		fmt.Fprintln(app.out, file)
		if app.terminal {
			return open(file)
		}
		return nil
	}
	return command
}

// fetchPage writes the page of a resource to a file, whole or not at all.
func (c *cluster) fetchPage(ctx context.Context, of resource, options reportOptions) (string, error) {
	page, has := of.Status.Artifacts["report"]
	if !has {
		page, has = of.Status.Artifacts["page"]
	}
	from := of.store()
	if !has || from == nil {
		_, message := of.says()
		return "", fmt.Errorf("%s has no report yet: %s", of.title(), message)
	}
	keys, err := c.credentials(ctx, *from, options.credentials)
	if err != nil {
		return "", err
	}
	if options.endpoint != "" {
		from.Endpoint = options.endpoint
	}
	text, err := get(ctx, *from, keys, page)
	if err != nil {
		return "", fmt.Errorf("%s from %s: %w; --endpoint names the store as this machine reaches it", page.URI, from.Endpoint, err)
	}
	if options.out == "" {
		options.out = of.Metadata.Name + ".html"
	}
	partial := options.out + ".partial"
	if err := os.WriteFile(partial, text, 0o644); err != nil {
		return "", err
	}
	return options.out, os.Rename(partial, options.out)
}

func (c *cluster) credentials(ctx context.Context, of store, folder string) (*credentials.Credentials, error) {
	if folder != "" {
		access, err := os.ReadFile(filepath.Join(folder, "accessKey"))
		if err != nil {
			return nil, err
		}
		secret, err := os.ReadFile(filepath.Join(folder, "secretKey"))
		return credentials.NewStaticV4(strings.TrimSpace(string(access)), strings.TrimSpace(string(secret)), ""), err
	}
	secret, err := c.kube.CoreV1().Secrets(c.namespace).Get(ctx, of.CredentialsSecretName, metav1.GetOptions{})
	if err != nil {
		return nil, fmt.Errorf("credentials of the store: %w; --credentials names a folder that has them", err)
	}
	return credentials.NewStaticV4(string(secret.Data["accessKey"]), string(secret.Data["secretKey"]), ""), nil
}

func get(ctx context.Context, from store, keys *credentials.Credentials, what artifact) ([]byte, error) {
	endpoint, err := url.Parse(from.Endpoint)
	if err != nil {
		return nil, err
	}
	bucket, key, isObject := strings.Cut(strings.TrimPrefix(what.URI, "s3://"), "/")
	if !isObject {
		return nil, errors.New("the status names no object of a store")
	}
	client, err := minio.New(endpoint.Host, &minio.Options{
		Creds: keys, Secure: endpoint.Scheme == "https", Region: from.Region, BucketLookup: minio.BucketLookupPath})
	if err != nil {
		return nil, err
	}
	object, err := client.GetObject(ctx, bucket, key, minio.GetObjectOptions{})
	if err != nil {
		return nil, err
	}
	defer object.Close()
	text, err := io.ReadAll(object)
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(text); what.SHA256 != "" && hex.EncodeToString(sum[:]) != what.SHA256 {
		return nil, errors.New("it is not what the status says: its SHA-256 is another")
	}
	return text, nil
}

func open(file string) error {
	program := map[string][]string{"darwin": {"open"}, "windows": {"rundll32", "url.dll,FileProtocolHandler"}}[runtime.GOOS]
	if program == nil {
		program = []string{"xdg-open"}
	}
	if _, err := exec.LookPath(program[0]); err != nil {
		return nil // the path is written
	}
	return exec.Command(program[0], append(program[1:], file)...).Start()
}
