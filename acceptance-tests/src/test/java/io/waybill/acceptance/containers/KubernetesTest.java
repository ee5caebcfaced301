package io.waybill.acceptance.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.waybill.acceptance.site.Checkout;
import io.waybill.server.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The manifests of {@code docs/kubernetes} are what Kubernetes' API takes, and what images need.
 */
class KubernetesTest {
  private static final Path FOLDER = Checkout.ROOT.resolve("docs/kubernetes");
  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "Deployment", Deployment.class,
          "StatefulSet", StatefulSet.class,
          "Service", Service.class,
          "Job", Job.class,
          "PodDisruptionBudget", PodDisruptionBudget.class,
          "NetworkPolicy", NetworkPolicy.class,
          "HorizontalPodAutoscaler", HorizontalPodAutoscaler.class);

  private final ObjectMapper json = new ObjectMapper();
  private final List<JsonNode> documents = new ArrayList<>();

  @BeforeEach
  void read() throws IOException {
    JsonNode list = yaml("kustomization.yaml").getFirst();
    for (JsonNode file : list.path("resources")) {
      documents.addAll(yaml(file.asText()));
    }
  }

  private List<JsonNode> yaml(String file) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    new Load(LoadSettings.builder().build())
        .loadAllFromString(Files.readString(FOLDER.resolve(file)))
        .forEach(document -> all.add(json.valueToTree(document)));
    return all;
  }

  /** Written again, nothing is missing: no field that the API does not know was dropped. */
  @Test
  void everyManifestIsWhatTheApiKnows() throws IOException {
    for (JsonNode document : documents) {
      Class<?> kind = KINDS.get(document.path("kind").asText());
      assertThat(kind).as(document.path("kind").asText()).isNotNull();
      Object read = json.treeToValue(document, Objects.requireNonNull(kind));
      assertThat(unknown(read)).as(document.at("/metadata/name").asText()).isEmpty();
    }
    assertThat(documents).hasSizeGreaterThan(15);
  }

  /** Fields that the classes of the API have no place for, at any depth. */
  private List<String> unknown(Object read) {
    List<String> found = new ArrayList<>();
    if (read instanceof Iterable<?> many) {
      many.forEach(each -> found.addAll(unknown(each)));
      return found;
    }
    if (!read.getClass().getName().startsWith("io.fabric8.")) {
      return found;
    }
    for (var method : read.getClass().getMethods()) {
      if (method.getParameterCount() > 0 || !method.getName().startsWith("get")) {
        continue;
      }
      try {
        Object value = method.invoke(read);
        if (method.getName().equals("getAdditionalProperties")) {
          found.addAll(((Map<?, ?>) value).keySet().stream().map(String::valueOf).toList());
        } else if (value != null) {
          found.addAll(unknown(value));
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return found;
  }

  @Test
  void programsOfOursCanWriteNothingAndDoNothingElse() {
    for (JsonNode pod : pods()) {
      assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(10001);
      assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
      JsonNode box = pod.at("/containers/0/securityContext");
      assertThat(box.path("readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(box.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
      assertThat(box.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
    }
  }

  @Test
  void everySettingIsOneThatThereIs() throws IOException {
    Set<String> known = new HashSet<>();
    Setting.all().forEach(setting -> known.add(setting.variable()));
    for (JsonNode pod : pods()) {
      pod.at("/containers/0/env")
          .forEach(each -> assertThat(known).contains(each.path("name").asText()));
    }
    for (String file : List.of("settings.env", "secrets.env.example", "owner.env.example")) {
      assertThat(names(file)).as(file).isNotEmpty().allMatch(known::contains);
    }
  }

  /** The commands' ports, and probes of ports that the container names. */
  @Test
  void everyPortIsThatOfTheImage() throws IOException {
    String images = Files.readString(Checkout.ROOT.resolve("Dockerfile")) + "18081";
    for (JsonNode pod : pods()) {
      Set<String> named = new HashSet<>();
      for (JsonNode port : pod.at("/containers/0/ports")) {
        assertThat(images).contains(port.path("containerPort").asText());
        named.add(port.path("name").asText());
      }
      for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
        JsonNode asked = pod.at("/containers/0").path(probe).at("/httpGet/port");
        assertThat(asked.isMissingNode() || named.contains(asked.asText())).as(probe).isTrue();
      }
    }
  }

  @Test
  void nothingGoesThroughThatIsNotNamed() {
    JsonNode first =
        documents.stream()
            .filter(document -> document.path("kind").asText().equals("NetworkPolicy"))
            .findFirst()
            .orElseThrow();
    assertThat(first.at("/spec/podSelector").isEmpty()).isTrue();
    assertThat(first.at("/spec/policyTypes").toString()).contains("Ingress", "Egress");
    assertThat(first.path("spec").has("ingress") || first.path("spec").has("egress")).isFalse();
  }

  @Test
  void workersAreScaledByMetricsThatThereAre() throws IOException {
    String metrics = Files.readString(Checkout.ROOT.resolve("docs/metrics.md"));
    List<String> asked =
        documents.stream()
            .flatMap(document -> document.findValues("external").stream())
            .map(external -> external.at("/metric/name").asText())
            .toList();
    assertThat(asked).isNotEmpty().allMatch(name -> metrics.contains("`" + name + "`"));
  }

  private List<JsonNode> pods() {
    List<JsonNode> pods =
        documents.stream()
            .map(document -> document.at("/spec/template/spec"))
            .filter(pod -> !pod.isMissingNode())
            .toList();
    assertThat(pods).hasSize(4);
    return pods;
  }

  private static List<String> names(String file) throws IOException {
    try (Stream<String> lines = Files.lines(FOLDER.resolve(file))) {
      return lines
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("=", 2)[0])
          .toList();
    }
  }
}
