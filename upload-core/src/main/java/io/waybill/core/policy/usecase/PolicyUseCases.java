package io.waybill.core.policy.usecase;

import io.waybill.core.policy.PolicyStores;
import io.waybill.core.storage.StorageDirectory;
import io.waybill.core.storage.UrlLife;
import io.waybill.core.work.Ports;
import java.time.Duration;

/** What callers can do with storage policies. */
public record PolicyUseCases(
    ReadPolicies readPolicies, CreatePolicy createPolicy, ChangePolicy changePolicy) {

  /**
   * All of them over one set of ports.
   *
   * @param directory what policies can name
   * @param longestUpload how long the installation lets an upload take
   */
  public static PolicyUseCases over(
      Ports<? extends PolicyStores> ports,
      StorageDirectory directory,
      UrlLife urlLife,
      Duration longestUpload) {
    PolicyRules rules = new PolicyRules(urlLife, longestUpload);
    PolicyDesk desk = new PolicyDesk(ports.ids(), directory, rules);
    return new PolicyUseCases(
        new ReadPolicies(ports), new CreatePolicy(ports, desk), new ChangePolicy(ports, desk));
  }
}
