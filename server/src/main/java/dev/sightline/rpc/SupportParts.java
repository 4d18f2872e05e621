package dev.sightline.rpc;

import dev.sightline.auth.BindingCheck;
import dev.sightline.auth.PageCursors;
import dev.sightline.command.AgentErasures;
import dev.sightline.command.AgentWrites;
import dev.sightline.command.JointWrites;
import dev.sightline.store.DirectoryReads;
import dev.sightline.store.SupportAgents;
import dev.sightline.store.SupportReads;
import dev.sightline.watch.Everywhere;

/** What the service for vendor support is made of, beside what all services share. */
public record SupportParts(
    SupportAgents agents,
    AgentWrites agentWrites,
    AgentErasures agentErasures,
    JointWrites jointWrites,
    SupportReads reads,
    AgentActivity activity) {
  SupportRpc service(
      Calls calls,
      WriteCalls writes,
      Proof proof,
      BindingCheck reach,
      DirectoryReads directory,
      PageCursors cursors,
      Everywhere everywhere) {
    Realm realm = new Realm(calls, directory);
    return new SupportRpc(
        calls,
        writes,
        new AgentAdministration(agentWrites, agentErasures, agents, cursors, everywhere),
        new SupportDecisions(calls, new JointCalls(jointWrites, reach), reach, directory),
        new SupportViews(calls, proof, realm, reads, activity, cursors),
        new SupportRecords(calls, proof, realm, reads, directory, cursors),
        new Diagnosis(calls, proof, realm, agents, reads),
        activity);
  }
}
