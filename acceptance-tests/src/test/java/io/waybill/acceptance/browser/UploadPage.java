package io.waybill.acceptance.browser;

import io.waybill.acceptance.site.Sample;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** The console's page for uploads, in one tab after another. */
final class UploadPage {
  private final Chromium browser;
  private final URI console;
  private final String project;

  UploadPage(Chromium browser, URI console, String project) {
    this.browser = browser;
    this.console = console;
    this.project = project;
  }

  /** In a tab where nobody has signed in. */
  void open() {
    open(DevelopmentIdentities.API_KEY);
  }

  /** The same, with this key. */
  void open(String key) {
    browser.visit(console.resolve("/sign-in"));
    browser.script(
        "sessionStorage.setItem('waybill.key', arguments[0]);"
            + "localStorage.setItem('waybill.project', arguments[1])",
        key,
        project);
    browser.visit(console.resolve("/upload"));
    browser.find("#pick-files");
  }

  /** Picks the files, names the upload and begins it. */
  void begin(String name, List<Sample> samples) {
    browser.find("#pick-files").sendKeys(paths(samples));
    browser.find("#task-name").sendKeys(name);
    browser.press(samples.size() == 1 ? "Upload 1 file" : "Upload " + samples.size() + " files");
  }

  /** Picks the file again for the only upload that waits. */
  void pickAgain(Sample sample) {
    browser.find("li[data-upload] input[type=file]").sendKeys(sample.file().toString());
  }

  /** Goes on with a task that somebody else has begun, with this file. */
  void takeOver(String task, Sample sample) {
    browser.visit(console.resolve("/upload?task=" + task));
    browser.find("#take-over").sendKeys(sample.file().toString());
  }

  /** Waits until so many files are in this state. */
  void await(String state, int files) {
    browser.await(
        files + " files are " + state + ", but: " + browser.text(),
        () -> files == count(state) ? true : null);
  }

  private int count(String state) {
    return Integer.parseInt(
        browser
            .script("return '' + document.querySelectorAll('tr[data-state=" + state + "]').length")
            .toString());
  }

  private static String paths(List<Sample> samples) {
    return samples.stream()
        .map(sample -> sample.file().toString())
        .collect(Collectors.joining("\n"));
  }
}
