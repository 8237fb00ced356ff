package org.cartulary.appliance.wiring;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cartulary.appliance.accounts.Accounts;
import org.cartulary.appliance.accounts.ApiKeys;
import org.cartulary.appliance.accounts.PasswordChecks;
import org.cartulary.appliance.accounts.Quotas;
import org.cartulary.appliance.accounts.SecondFactorRoles;
import org.cartulary.appliance.accounts.Sessions;
import org.cartulary.appliance.accounts.SignIns;
import org.cartulary.appliance.accounts.Usage;
import org.cartulary.appliance.acts.DeleteCollection;
import org.cartulary.appliance.acts.InviteOfficer;
import org.cartulary.appliance.acts.RotateLogKey;
import org.cartulary.appliance.acts.SplitMasterKey;
import org.cartulary.appliance.asking.Asking;
import org.cartulary.appliance.asking.AskingParts;
import org.cartulary.appliance.asking.Calibrating;
import org.cartulary.appliance.asking.Opening;
import org.cartulary.appliance.asking.QuestionLog;
import org.cartulary.appliance.asking.Rights;
import org.cartulary.appliance.asking.Searching;
import org.cartulary.appliance.audit.Exporting;
import org.cartulary.appliance.audit.Replaying;
import org.cartulary.appliance.audit.Reviewing;
import org.cartulary.appliance.audit.SearchReplaying;
import org.cartulary.appliance.home.CartularyHome;
import org.cartulary.appliance.indexing.Indexing;
import org.cartulary.appliance.models.Choosing;
import org.cartulary.appliance.models.Importing;
import org.cartulary.appliance.models.Promotions;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.acts.Act;
import org.cartulary.compliance.acts.TwoPersonActs;
import org.cartulary.compliance.acts.UnmaskPerson;
import org.cartulary.compliance.bundle.BundleExporter;
import org.cartulary.compliance.bundle.BundleExtras;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.retention.Holds;
import org.cartulary.compliance.retention.Retention;
import org.cartulary.compliance.retention.RetentionActs;
import org.cartulary.compliance.timestamp.Timestamps;
import org.cartulary.compliance.witness.Witnesses;
import org.cartulary.inference.Generator;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.ingest.Ingest;
import org.cartulary.retrieval.answerability.Calibration;
import org.cartulary.retrieval.answerability.Calibrations;
import org.cartulary.retrieval.catalog.Catalog;
import org.cartulary.retrieval.catalog.DocumentWriter;
import org.cartulary.retrieval.evaluation.IndexComparison;
import org.cartulary.retrieval.replay.SearchReplay;
import org.cartulary.retrieval.synonym.SynonymWriter;
import org.cartulary.retrieval.synonym.Synonyms;

/** The modules' objects as beans. They are made in {@link Modules}, in the open; this only hands them out. */
@Factory
final class ModuleBeans {
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Singleton
    ApiKeys apiKeys(Modules modules, Clock clock) {
        return new ApiKeys(modules.database().jdbi(), clock, modules.evidence());
    }

    @Singleton
    Sessions sessions(Modules modules, Clock clock, Settings settings) {
        return new Sessions(
                modules.database().jdbi(),
                clock,
                modules.evidence(),
                settings.sessionIdle(),
                settings.sessionLongest());
    }

    @Singleton
    PasswordChecks passwordChecks() {
        return new PasswordChecks(Runtime.getRuntime().availableProcessors());
    }

    @Singleton
    Accounts accounts(Modules modules, Clock clock, PasswordChecks checks, Sessions sessions) {
        return new Accounts(modules.database().jdbi(), clock, modules.evidence(), modules.keys(), checks, sessions);
    }

    @Singleton
    SignIns signIns(
            Modules modules, Clock clock, PasswordChecks checks, Accounts accounts, Sessions sessions, Usage usage) {
        return new SignIns(modules.database().jdbi(), clock, modules.evidence(), checks, accounts, sessions, usage);
    }

    @Singleton
    Usage usage(Modules modules, Clock clock) {
        return new Usage(modules.database().jdbi(), clock);
    }

    @Singleton
    Quotas quotas(Modules modules) {
        return new Quotas(modules.authority().settings());
    }

    @Singleton
    SecondFactorRoles secondFactorRoles(Modules modules) {
        return new SecondFactorRoles(modules.authority().settings());
    }

    @Singleton
    org.jdbi.v3.core.Jdbi jdbi(Modules modules) {
        return modules.database().jdbi();
    }

    @Bean(preDestroy = "")
    @Singleton
    EvidenceLog evidenceLog(Modules modules) {
        return modules.evidence();
    }

    @Bean(preDestroy = "")
    @Singleton
    Witnesses witnesses(Modules modules) {
        return modules.witnesses();
    }

    @Bean(preDestroy = "")
    @Singleton
    Timestamps timestamps(Modules modules) {
        return modules.timestamps();
    }

    @Singleton
    Authority authority(Modules modules) {
        return modules.authority();
    }

    @Singleton
    TwoPersonActs acts(
            Modules modules,
            Clock clock,
            CartularyHome home,
            Accounts accounts,
            Catalog catalog,
            DocumentWriter writer) {
        Authority authority = modules.authority();
        List<Act> others = new ArrayList<>(RetentionActs.of(new Holds(modules.evidence(), clock), clock));
        others.addAll(List.of(
                new DeleteCollection(catalog, writer, authority.grants()),
                InviteOfficer.on(accounts),
                new UnmaskPerson(modules.evidence(), clock),
                new RotateLogKey(modules.evidence()),
                new SplitMasterKey(modules.keys(), modules.evidence(), home.directory())));
        return authority.acts(modules.evidence(), clock, others);
    }

    @Singleton
    Holds holds(Modules modules, Clock clock) {
        return new Holds(modules.evidence(), clock);
    }

    @Singleton
    Retention retention(Modules modules, Clock clock) {
        return new Retention(modules.database().jdbi(), modules.evidence(), clock);
    }

    @Singleton
    Reviewing reviewing(Modules modules) {
        return new Reviewing(modules.database().jdbi(), modules.evidence());
    }

    @Singleton
    DocumentWriter documentWriter(Modules modules) {
        return modules.retrieval().writer();
    }

    @Singleton
    SynonymWriter synonymWriter(Modules modules) {
        return modules.retrieval().synonyms();
    }

    @Singleton
    Synonyms synonyms(org.jdbi.v3.core.Jdbi jdbi) {
        return new Synonyms(jdbi);
    }

    @Singleton
    Catalog catalog(Modules modules) {
        return modules.retrieval().catalog();
    }

    @Bean(preDestroy = "")
    @Singleton
    Ingest ingest(Modules modules) {
        return modules.ingest();
    }

    @Singleton
    QuestionLog questionLog(Modules modules) {
        return modules.questions();
    }

    @Singleton
    Searching searching(Modules modules, Rights rights) {
        return new Searching(modules.questions(), rights, modules.retrieval().search());
    }

    @Singleton
    Opening opening(Modules modules) {
        return new Opening(
                modules.questions(),
                modules.retrieval().catalog(),
                modules.retrieval().originals());
    }

    @Singleton
    Replaying replaying(Modules modules, Generator generator) {
        return new Replaying(modules.evidence(), generator);
    }

    @Singleton
    SearchReplaying searchReplaying(Modules modules) {
        return new SearchReplaying(
                modules.database().jdbi(),
                modules.evidence(),
                new SearchReplay(modules.database().jdbi(), modules.retrieval().builder()));
    }

    @Singleton
    Exporting exporting(Modules modules, CartularyHome home, Settings settings, Clock clock) {
        return new Exporting(
                modules.database().jdbi(),
                modules.evidence(),
                new BundleExporter(
                        modules.evidence(),
                        clock,
                        new BundleExtras(
                                settings.witnesses().text(home.directory()),
                                sha256 -> modules.models().find(sha256).map(StoredModel::manifestBytes))),
                home.run());
    }

    @Singleton
    Generator generator(Modules modules) {
        return modules.inference().generator();
    }

    @Singleton
    Importing importing(Modules modules) {
        return new Importing(
                modules.models(), modules.inference(), modules.database().jdbi(), modules.evidence());
    }

    @Singleton
    Choosing choosing(Modules modules) {
        return new Choosing(
                modules.models(),
                modules.inference(),
                modules.database().jdbi(),
                modules.evidence(),
                modules.retrieval().builder());
    }

    @Singleton
    Promotions promotions(Modules modules) {
        return new Promotions(modules.models(), modules.authority().settings());
    }

    @Singleton
    Indexing indexing(Modules modules, Rights rights) {
        return new Indexing(
                modules.retrieval().builder(),
                new IndexComparison(
                        modules.database().jdbi(), modules.retrieval().builder()),
                modules.models(),
                modules.inference(),
                rights,
                modules.evidence(),
                embedder -> calibration(modules, embedder));
    }

    @Singleton
    Rights rights(Modules modules) {
        return new Rights(modules.database().jdbi(), modules.authority(), modules.retrieval());
    }

    @Singleton
    Calibrations calibrations(Modules modules, Clock clock) {
        return new Calibrations(modules.authority().settings(), clock);
    }

    @Singleton
    Calibrating calibrating(Modules modules, Calibrations calibrations, Clock clock) {
        return new Calibrating(
                modules.database().jdbi(), modules.questions(), modules.retrieval(), calibrations, clock);
    }

    @Singleton
    Asking asking(Modules modules, Rights rights, Settings settings) {
        return new AskingParts(
                        modules.questions(),
                        modules.evidence(),
                        rights,
                        modules.retrieval().search(),
                        modules.retrieval().search().embedder(),
                        modules.inference()::generator,
                        model -> modules.database()
                                .jdbi()
                                .inTransaction(handle -> Promotions.isPromoted(handle, model.sha256())),
                        embedder -> calibration(modules, embedder))
                .asking(settings);
    }

    private static Optional<Calibration> calibration(Modules modules, String embedder) {
        return modules.database().jdbi().inTransaction(handle -> Calibrations.inUse(handle, embedder));
    }
}
