package io.waybill.controlapi.pages;

import java.util.Map;
import java.util.stream.Collectors;

/** What whoever opens the address in a browser sees first. */
public final class FrontPage {

  private FrontPage() {}

  /**
   * The page.
   *
   * @param checks each part of the world, and whether it answers
   */
  public static String of(Map<String, Boolean> checks) {
    boolean isWell = checks.values().stream().allMatch(up -> up);
    String parts =
        checks.entrySet().stream()
            .map(check ->
                "<tr><td>%s</td><td>%s</td></tr>\n"
                    .formatted(
                        Html.escaped(check.getKey()),
                        check.getValue()
                            ? "<span class=\"up\">answers</span>"
                            : "<span class=\"down\">does not answer</span>"))
            .collect(Collectors.joining());
    return Html.page(
        "Waybill",
        """
        <h1>Waybill</h1>
        <p>The control plane that gets big files off machines. A device or a tool asks here, or over
        MQTT, for an upload; the bytes go straight to object storage.</p>
        <h2>Is it well?</h2>
        <p>%s</p>
        <table>
        %s</table>
        <h2>Where to go</h2>
        <table>
        <tr><td><a href="/docs">/docs</a></td><td>every call of this API</td></tr>
        <tr><td><a href="/openapi.yaml">/openapi.yaml</a></td><td>the same for programs</td></tr>
        <tr><td><a href="/readyz">/readyz</a></td><td>whether it is well, for programs</td></tr>
        <tr><td><a href="/healthz">/healthz</a></td><td>whether the process is up</td></tr>
        <tr><td><a href="/metrics">/metrics</a></td><td>numbers for Prometheus</td></tr>
        </table>
        """
            .formatted(
                isWell
                    ? "<span class=\"up\">Yes.</span>"
                    : "<span class=\"down\">Not now.</span> Requests that need what does not answer are"
                        + " refused with 503; nothing is lost.",
                parts));
  }
}
