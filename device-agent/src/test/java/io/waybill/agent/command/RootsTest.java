package io.waybill.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.agent.local.LocalPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server may ask for, whatever it calls it. */
@Timeout(60)
class RootsTest {
  private static final Mounts NO_MOUNTS = new Mounts(List.of());

  @TempDir private Path folder;
  private Path data = Path.of("");
  private Roots roots = new Roots(List.of(), List.of());

  @BeforeEach
  void aRootAndASecretBesideIt() throws IOException {
    folder = folder.toRealPath();
    data = Files.createDirectories(folder.resolve("data"));
    roots = new Roots(List.of(data), List.of(data.resolve("state")));
    write(folder.resolve("secret"));
    write(folder.resolve("data-of-others/x"));
    write(data.resolve("run/a.mcap"));
    write(data.resolve("run/b.mcap"));
    write(data.resolve("run/deep/c.mcap"));
    write(data.resolve("run/.hidden"));
    write(data.resolve("state/manifest"));
  }

  private static void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "bytes");
  }

  private List<String> found(String below) throws RefusedException {
    return found(roots, NO_MOUNTS, data + below);
  }

  private static List<String> found(Roots roots, Mounts mounts, String path)
      throws RefusedException {
    Walk walk = new Walk(roots, mounts, 100, entry -> entry.attributes().isRegularFile());
    walk.add(path);
    return walk.found().stream().map(entry -> LocalPath.name(entry.path())).toList();
  }

  private void refused(String path, String code) {
    refused(roots, NO_MOUNTS, path, code);
  }

  private static void refused(Roots roots, Mounts mounts, String path, String code) {
    assertThatThrownBy(() -> found(roots, mounts, path))
        .as(path)
        .isInstanceOfSatisfying(
            RefusedException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  void names_and_wildcards_below_a_root_are_found() throws RefusedException {
    assertThat(found("/run/a.mcap")).containsExactly("a.mcap");
    assertThat(found("//run///a.mcap/")).containsExactly("a.mcap");
    assertThat(found("/run/*")).containsExactly("a.mcap", "b.mcap");
    assertThat(found("/*/?.mcap")).containsExactly("a.mcap", "b.mcap");
    assertThat(found("/**/*.mcap")).containsExactly("a.mcap", "b.mcap", "c.mcap");
    assertThat(found("/**/**/**")).containsExactly("a.mcap", "b.mcap", "c.mcap");
    assertThat(found("/run/.hid*")).containsExactly(".hidden");
    assertThat(found("/run/*.bag")).isEmpty();
    refused(data + "/run/z.mcap", "path_not_found");
    refused(data + "/run/a.mcap/x", "path_not_found");
  }

  @Test
  void without_roots_nothing_may_be_asked() {
    Roots none = new Roots(List.of(), List.of());
    refused(none, NO_MOUNTS, data + "/run/a.mcap", "path_outside_roots");
    refused(none, NO_MOUNTS, "/", "path_outside_roots");
    refused(none, NO_MOUNTS, "/**", "path_outside_roots");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret",
        "/run/../../secret",
        "/run/../run/a.mcap",
        "/*/../../secret",
        "/./run/a.mcap",
        "/**/..",
        "-of-others/x",
        "/state/manifest",
      })
  void whatever_climbs_out_is_refused(String below) {
    refused(data + below, "path_outside_roots");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/etc/passwd", "/*", "/**/passwd", "/proc/self/environ", "/da*/x"})
  void what_lies_elsewhere_is_refused(String path) {
    refused(path, "path_outside_roots");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "run/a.mcap", "~/x", "file:///etc/passwd", "/nul\0", "/half\udc80byte"})
  void what_is_no_absolute_path_of_text_is_refused(String path) {
    refused(path, "path_invalid");
  }

  @Test
  void a_name_longer_than_any_is_refused() {
    refused(data + "/" + "x".repeat(5000), "path_invalid");
    refused(data + "/" + "x".repeat(300), "path_not_found");
  }

  @Test
  void the_same_words_for_all_that_lies_outside_whether_it_is_there_or_not() {
    refused(folder + "/secret", "path_outside_roots");
    refused(folder + "/no-secret", "path_outside_roots");
  }

  @Test
  void links_that_lead_out_are_refused_and_no_wildcard_follows_any()
      throws IOException, RefusedException {
    Files.createSymbolicLink(data.resolve("out"), folder.resolve("secret"));
    Files.createSymbolicLink(data.resolve("up"), folder);
    Files.createSymbolicLink(data.resolve("etc"), Path.of("/etc"));
    Files.createSymbolicLink(data.resolve("nowhere"), folder.resolve("gone"));
    Files.createSymbolicLink(data.resolve("loop"), data.resolve("loop"));
    Files.createSymbolicLink(data.resolve("own"), data.resolve("state"));
    Files.createSymbolicLink(data.resolve("inside"), data.resolve("run"));
    for (String path :
        List.of(
            "/out",
            "/up/secret",
            "/up/data/../secret",
            "/etc/passwd",
            "/nowhere",
            "/loop",
            "/loop/x",
            "/own/manifest")) {
      refused(data + path, "path_outside_roots");
    }
    assertThat(found("/inside/a.mcap")).as("a link within is one").containsExactly("a.mcap");
    assertThat(found("/*")).isEmpty();
    assertThat(found("/**/*.mcap")).containsExactly("a.mcap", "b.mcap", "c.mcap");
    assertThat(found("/**/secret")).isEmpty();
  }

  @Test
  void a_root_that_is_a_link_is_what_its_owner_meant() throws IOException, RefusedException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), data);
    Roots linked = new Roots(List.of(link), List.of());
    Walk walk = new Walk(linked, NO_MOUNTS, 9, entry -> true);
    walk.add(link + "/run/a.mcap");
    assertThat(walk.found().getFirst().name()).isEqualTo(link + "/run/a.mcap");
    assertThat(walk.found().getFirst().path()).isEqualTo(data.resolve("run/a.mcap"));
    refused(linked, NO_MOUNTS, data + "/run/a.mcap", "path_outside_roots");
  }

  @Test
  void what_is_mounted_below_a_root_is_not_part_of_it() throws RefusedException {
    Mounts mounts =
        Mounts.read(
            "36 35 0:1 / / rw - ext4 x rw\n"
                + "37 36 0:2 / %s rw - ext4 x rw\n38 37 0:3 / %s/run/deep rw - ext4 y rw\n"
                    .formatted(data, data));
    assertThat(found(roots, mounts, data + "/run/a.mcap")).containsExactly("a.mcap");
    assertThat(found(roots, mounts, data + "/**/*.mcap")).containsExactly("a.mcap", "b.mcap");
    refused(roots, mounts, data + "/run/deep/c.mcap", "path_outside_roots");
    refused(roots, mounts, data + "/run/deep", "path_outside_roots");
    assertThat(Mounts.read("1 2 0:1 / /a\\040b\\134c rw").points())
        .containsExactly(LocalPath.of("/a b\\c"));
  }

  @Test
  void the_root_of_the_machine_has_no_kernel_files() throws IOException {
    Roots all = new Roots(List.of(Path.of("/")), List.of());
    refused(all, Mounts.now(), "/proc/self/environ", "path_outside_roots");
    refused(all, NO_MOUNTS, "/proc/self/environ", "path_outside_roots");
  }

  @Test
  void names_that_are_no_text_are_left_out() throws IOException, RefusedException {
    Files.writeString(LocalPath.of(data + "/run/lidar\udcff.mcap"), "bytes");
    Files.writeString(LocalPath.of(data + "/run/Über\n🤖.mcap"), "bytes");
    assertThat(found("/run/*.mcap")).containsExactly("a.mcap", "b.mcap", "Über\n🤖.mcap");
    assertThat(found("/run/Über\n🤖.mcap")).hasSize(1);
  }

  @Test
  void a_pattern_made_to_take_for_ever_does_not() throws IOException, RefusedException {
    Files.writeString(data.resolve("run/" + "a".repeat(250)), "bytes");
    assertThat(found("/run/" + "*a".repeat(200) + "b")).isEmpty();
    assertThat(found("/**".repeat(300) + "/nothing")).isEmpty();
  }

  @Test
  void no_more_is_found_than_is_wanted() throws RefusedException {
    Walk walk = new Walk(roots, NO_MOUNTS, 2, entry -> entry.attributes().isRegularFile());
    walk.add(data + "/**");
    assertThat(walk.found()).hasSize(2);
    assertThat(walk.more()).isTrue();
  }
}
