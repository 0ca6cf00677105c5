<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>layerpool::BlobModel</name>
    <message numerus="yes">
        <source>%n image(s) of this pool need it</source>
        <translation>
            <numerusform>%n image of this pool needs it</numerusform>
            <numerusform>%n images of this pool need it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::BundleFactsView</name>
    <message numerus="yes">
        <source>%n layer(s) that the far side must have, %1: the bundle leaves them out</source>
        <comment>how many, bytes</comment>
        <translation>
            <numerusform>%n layer that the far side must have, %1: the bundle leaves it out</numerusform>
            <numerusform>%n layers that the far side must have, %1: the bundle leaves them out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n volumes, %1 in all: %2 to %3</source>
        <comment>bytes, the first, the last</comment>
        <translation>
            <numerusform>%n volume, %1 in all: %2 to %3</numerusform>
            <numerusform>%n volumes, %1 in all: %2 to %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <comment>files</comment>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::BundleImagesView</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s) and other referrers</source>
        <translation>
            <numerusform>%n signature or other referrer</numerusform>
            <numerusform>%n signatures and other referrers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::Leaving</name>
    <message numerus="yes">
        <source>%n task(s) are not finished. They pause and keep what they have fetched; the next start offers to go on from there.</source>
        <translation>
            <numerusform>%n task is not finished. It pauses and keeps what it has fetched; the next start offers to go on from there.</numerusform>
            <numerusform>%n tasks are not finished. They pause and keep what they have fetched; the next start offers to go on from there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::LeftoverBar</name>
    <message numerus="yes">
        <source>%n task(s) were left unfinished: %1.</source>
        <translation>
            <numerusform>%n task was left unfinished: %1.</numerusform>
            <numerusform>%n tasks were left unfinished: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::ListCommands</name>
    <message numerus="yes">
        <source>%n list(s) have changes that are not saved: %1</source>
        <translation>
            <numerusform>%n list has changes that are not saved: %1</numerusform>
            <numerusform>%n lists have changes that are not saved: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) of %1 looked for at their sources</source>
        <translation>
            <numerusform>%n image of %1 looked for at its source</numerusform>
            <numerusform>%n images of %1 looked for at their sources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n moved</source>
        <comment>tags that stand for another image now</comment>
        <translation>
            <numerusform>%n moved</numerusform>
            <numerusform>%n moved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not found</source>
        <translation>
            <numerusform>%n not found</numerusform>
            <numerusform>%n not found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be asked for (%1)</source>
        <translation>
            <numerusform>%n could not be asked for (%1)</numerusform>
            <numerusform>%n could not be asked for (%1)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) name no registry: %1 is asked for them. Convert has a place to name another.</source>
        <translation>
            <numerusform>%n line names no registry: %1 is asked for it. Convert has a place to name another.</numerusform>
            <numerusform>%n lines name no registry: %1 is asked for them. Convert has a place to name another.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::ListDocument</name>
    <message numerus="yes">
        <source>remove %n line(s)</source>
        <translation>
            <numerusform>remove %n line</numerusform>
            <numerusform>remove %n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::ListModel</name>
    <message numerus="yes">
        <source>%n tag(s)</source>
        <comment>in the pool, that match a pattern; a narrow column</comment>
        <translation>
            <numerusform>%n tag</numerusform>
            <numerusform>%n tags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::ListPane</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n repeated</source>
        <translation>
            <numerusform>%n repeated</numerusform>
            <numerusform>%n repeated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bad</source>
        <translation>
            <numerusform>%n bad</numerusform>
            <numerusform>%n bad</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n here</source>
        <comment>images of a list that the pool has</comment>
        <translation>
            <numerusform>%n here</numerusform>
            <numerusform>%n here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partly</source>
        <translation>
            <numerusform>%n partly</numerusform>
            <numerusform>%n partly</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missing</source>
        <translation>
            <numerusform>%n missing</numerusform>
            <numerusform>%n missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n moved</source>
        <comment>tags that stand for another image now</comment>
        <translation>
            <numerusform>%n moved</numerusform>
            <numerusform>%n moved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not found</source>
        <comment>at their sources</comment>
        <translation>
            <numerusform>%n not found</numerusform>
            <numerusform>%n not found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::ListProblems</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s):</source>
        <comment>of a list&apos;s lines, which follow</comment>
        <translation>
            <numerusform>%n problem:</numerusform>
            <numerusform>%n problems:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::MainWindow</name>
    <message numerus="yes">
        <source>%n part(s) of this pool are damaged; Verify says which. The first: %1</source>
        <translation>
            <numerusform>%n part of this pool is damaged; Verify says which. The first: %1</numerusform>
            <numerusform>%n parts of this pool are damaged; Verify says which. The first: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::PlanDialog</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Leave out the %n bad line(s)</source>
        <translation>
            <numerusform>&amp;Leave out the %n bad line</numerusform>
            <numerusform>&amp;Leave out the %n bad lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::Plans</name>
    <message numerus="yes">
        <source>%n image(s) that failed</source>
        <translation>
            <numerusform>%n image that failed</numerusform>
            <numerusform>%n images that failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) of %1</source>
        <comment>of a list</comment>
        <translation>
            <numerusform>%n image of %1</numerusform>
            <numerusform>%n images of %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The bundle %1 (%n image(s))</source>
        <translation>
            <numerusform>The bundle %1 (%n image)</numerusform>
            <numerusform>The bundle %1 (%n images)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::PoolModel</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) of this pool need it</source>
        <translation>
            <numerusform>%n image of this pool needs it</numerusform>
            <numerusform>%n images of this pool need it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) of this pool need the part of it that is shared most</source>
        <translation>
            <numerusform>%n image of this pool needs the part of it that is shared most</numerusform>
            <numerusform>%n images of this pool need the part of it that is shared most</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::PoolTotalsLabel</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticked: %1</source>
        <comment>images, bytes</comment>
        <translation>
            <numerusform>%n ticked: %1</numerusform>
            <numerusform>%n ticked: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::ServeDialog</name>
    <message numerus="yes">
        <source># and %n more: tick the images that you want</source>
        <comment>a comment below commands</comment>
        <translation>
            <numerusform># and %n more: tick the images that you want</numerusform>
            <numerusform># and %n more: tick the images that you want</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Pull the %n ticked image(s) &amp;with</source>
        <translation>
            <numerusform>Pull the %n ticked image &amp;with</numerusform>
            <numerusform>Pull the %n ticked images &amp;with</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::SpaceModel</name>
    <message numerus="yes">
        <source>%n small blob(s)</source>
        <translation>
            <numerusform>%n small blob</numerusform>
            <numerusform>%n small blobs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, shared by %n image(s)</source>
        <comment>a blob&apos;s digest</comment>
        <translation>
            <numerusform>%1, shared by %n image</numerusform>
            <numerusform>%1, shared by %n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::SummaryView</name>
    <message numerus="yes">
        <source>%n image(s) will fail:</source>
        <translation>
            <numerusform>%n image will fail:</numerusform>
            <numerusform>%n images will fail:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::TaskDeeds</name>
    <message numerus="yes">
        <source>This opens %n windows of other programs. Open them all?</source>
        <translation>
            <numerusform>This opens %n window of another program. Open it?</numerusform>
            <numerusform>This opens %n windows of other programs. Open them all?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::Text</name>
    <message numerus="yes">
        <source>%n blob(s) are missing, %1 among them</source>
        <translation>
            <numerusform>%n blob is missing, %1 among them</numerusform>
            <numerusform>%n blobs are missing, %1 among them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Fetch %n image(s)</source>
        <translation>
            <numerusform>Fetch %n image</numerusform>
            <numerusform>Fetch %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing to fetch: all %n image(s) are in %1</source>
        <translation>
            <numerusform>Nothing to fetch: the %n image is in %1</numerusform>
            <numerusform>Nothing to fetch: all %n images are in %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Fetch %n image(s) into %1 from %2</source>
        <translation>
            <numerusform>Fetch %n image into %1 from %2</numerusform>
            <numerusform>Fetch %n images into %1 from %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %n image(s)</source>
        <translation>
            <numerusform>Push %n image</numerusform>
            <numerusform>Push %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %n image(s) of %1 to %2</source>
        <translation>
            <numerusform>Push %n image of %1 to %2</numerusform>
            <numerusform>Push %n images of %1 to %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Select %n image(s)</source>
        <translation>
            <numerusform>Select %n image</numerusform>
            <numerusform>Select %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Select %n image(s) of %1 into %2</source>
        <translation>
            <numerusform>Select %n image of %1 into %2</numerusform>
            <numerusform>Select %n images of %1 into %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Pack %n image(s)</source>
        <translation>
            <numerusform>Pack %n image</numerusform>
            <numerusform>Pack %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Pack %n image(s) of %1 into %2</source>
        <translation>
            <numerusform>Pack %n image of %1 into %2</numerusform>
            <numerusform>Pack %n images of %1 into %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Verify %n image(s)</source>
        <translation>
            <numerusform>Verify %n image</numerusform>
            <numerusform>Verify %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blob(s) read, %1</source>
        <translation>
            <numerusform>%n blob read, %1</numerusform>
            <numerusform>%n blobs read, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s)</source>
        <translation>
            <numerusform>%n finding</numerusform>
            <numerusform>%n findings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) cannot be understood</source>
        <translation>
            <numerusform>%n line cannot be understood</numerusform>
            <numerusform>%n lines cannot be understood</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n list(s)</source>
        <translation>
            <numerusform>%n list</numerusform>
            <numerusform>%n lists</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>shared by %n image(s)</source>
        <translation>
            <numerusform>shared by %n image</numerusform>
            <numerusform>shared by %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 in %n blob(s)</source>
        <translation>
            <numerusform>%1 in %n blob</numerusform>
            <numerusform>%1 in %n blobs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more image(s): %1</source>
        <translation>
            <numerusform>%n more image: %1</numerusform>
            <numerusform>%n more images: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) done</source>
        <translation>
            <numerusform>%n image done</numerusform>
            <numerusform>%n images done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>it has %n tag(s), and none is like that</source>
        <translation>
            <numerusform>it has %n tag, and none is like that</numerusform>
            <numerusform>it has %n tags, and none is like that</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 matches %n tag(s) at %2: %3</source>
        <translation>
            <numerusform>%1 matches %n tag at %2: %3</numerusform>
            <numerusform>%1 matches %n tags at %2: %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s) of %1 are foreign, and are fetched as you asked: %2</source>
        <translation>
            <numerusform>%n layer of %1 is foreign, and is fetched as you asked: %2</numerusform>
            <numerusform>%n layers of %1 are foreign, and are fetched as you asked: %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s) of %1 are foreign and stay at their vendor: %2</source>
        <translation>
            <numerusform>%n layer of %1 is foreign and stays at its vendor: %2</numerusform>
            <numerusform>%n layers of %1 are foreign and stay at their vendor: %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s) and other referrer(s) come along</source>
        <translation>
            <numerusform>%n signature or other referrer comes along</numerusform>
            <numerusform>%n signatures and other referrers come along</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s) and other referrer(s)</source>
        <translation>
            <numerusform>%n signature or other referrer</numerusform>
            <numerusform>%n signatures and other referrers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, waiting for %2 (%n s)</source>
        <comment>a phase, a host, seconds</comment>
        <translation>
            <numerusform>%1, waiting for %2 (%n s)</numerusform>
            <numerusform>%1, waiting for %2 (%n s)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more fault(s)</source>
        <translation>
            <numerusform>and %n more fault</numerusform>
            <numerusform>and %n more faults</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ask %1 for every tag, manifest and blob of %n image(s) of %2</source>
        <translation>
            <numerusform>Ask %1 for every tag, manifest and blob of %n image of %2</numerusform>
            <numerusform>Ask %1 for every tag, manifest and blob of %n images of %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bad line(s) of the list left out</source>
        <translation>
            <numerusform>%n bad line of the list left out</numerusform>
            <numerusform>%n bad lines of the list left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ours are added to %n list(s) of referrers there, and none of theirs is lost</source>
        <translation>
            <numerusform>Ours are added to %n list of referrers there, and none of theirs is lost</numerusform>
            <numerusform>Ours are added to %n lists of referrers there, and none of theirs is lost</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %n referrer(s)</source>
        <comment>signatures and the like</comment>
        <translation>
            <numerusform>Push %n referrer</numerusform>
            <numerusform>Push %n referrers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %n signature(s) and other referrer(s) of %1 to %2</source>
        <translation>
            <numerusform>Push %n signature or other referrer of %1 to %2</numerusform>
            <numerusform>Push %n signatures and other referrers of %1 to %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) are there already</source>
        <translation>
            <numerusform>%n image is there already</numerusform>
            <numerusform>%n images are there already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) keep the tag that is there</source>
        <translation>
            <numerusform>%n image keeps the tag that is there</numerusform>
            <numerusform>%n images keep the tag that is there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s) and other referrer(s) of %1 are left out, as it is itself</source>
        <translation>
            <numerusform>%n signature or other referrer of %1 is left out, as it is itself</numerusform>
            <numerusform>%n signatures and other referrers of %1 are left out, as it is itself</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s) and other referrer(s) of %1 are left out: they vouch for the index as it was</source>
        <translation>
            <numerusform>%n signature or other referrer of %1 is left out: it vouches for the index as it was</numerusform>
            <numerusform>%n signatures and other referrers of %1 are left out: they vouch for the index as it was</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ours added to %n list(s) of referrers there</source>
        <translation>
            <numerusform>Ours added to %n list of referrers there</numerusform>
            <numerusform>Ours added to %n lists of referrers there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more referrer(s) of %1 left out</source>
        <translation>
            <numerusform>%n more referrer of %1 left out</numerusform>
            <numerusform>%n more referrers of %1 left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>it is the first of %n fault(s)</source>
        <translation>
            <numerusform>it is the first of %n fault</numerusform>
            <numerusform>it is the first of %n faults</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>  and %n more image(s): see layerpool-cli ls</source>
        <translation>
            <numerusform>  and %n more image: see layerpool-cli ls</numerusform>
            <numerusform>  and %n more images: see layerpool-cli ls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n manifest(s) that refer to %1 left out: together they are too large</source>
        <translation>
            <numerusform>%n manifest that refers to %1 left out: together with the others it is too large</numerusform>
            <numerusform>%n manifests that refer to %1 left out: together they are too large</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n referrer(s) of %1 left out: registries take no list as large as with them</source>
        <translation>
            <numerusform>%n referrer of %1 left out: registries take no list as large as with it</numerusform>
            <numerusform>%n referrers of %1 left out: registries take no list as large as with them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Open %n file(s), each as a list</source>
        <translation>
            <numerusform>Open %n file as a list</numerusform>
            <numerusform>Open %n files, each as a list</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Make a list of the %n image(s) that the text names</source>
        <translation>
            <numerusform>Make a list of the %n image that the text names</numerusform>
            <numerusform>Make a list of the %n images that the text names</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ended after %1 with %n problem(s).</source>
        <translation>
            <numerusform>Ended after %1 with %n problem.</numerusform>
            <numerusform>Ended after %1 with %n problems.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, shared by %n image(s)</source>
        <translation>
            <numerusform>%1, shared by %n image</numerusform>
            <numerusform>%1, shared by %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more tag(s) at %1</source>
        <comment>that match a pattern</comment>
        <translation>
            <numerusform>%n more tag at %1</numerusform>
            <numerusform>%n more tags at %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n s left</source>
        <translation>
            <numerusform>about %n s left</numerusform>
            <numerusform>about %n s left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n min left</source>
        <translation>
            <numerusform>about %n min left</numerusform>
            <numerusform>about %n min left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n h left</source>
        <translation>
            <numerusform>about %n h left</numerusform>
            <numerusform>about %n h left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) failed</source>
        <translation>
            <numerusform>%n image failed</numerusform>
            <numerusform>%n images failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fault(s) found</source>
        <translation>
            <numerusform>%n fault found</numerusform>
            <numerusform>%n faults found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n image(s)</source>
        <translation>
            <numerusform>%1 of %n image</numerusform>
            <numerusform>%1 of %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Trying again in %n s: %1 fails</source>
        <comment>seconds, a host</comment>
        <translation>
            <numerusform>Trying again in %n s: %1 fails</numerusform>
            <numerusform>Trying again in %n s: %1 fails</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %n image(s) of %1 into %2</source>
        <translation>
            <numerusform>Import %n image of %1 into %2</numerusform>
            <numerusform>Import %n images of %1 into %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s) and other referrer(s) of images that are kept stay behind</source>
        <translation>
            <numerusform>%n signature or other referrer of images that are kept stays behind</numerusform>
            <numerusform>%n signatures and other referrers of images that are kept stay behind</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %n image(s)</source>
        <translation>
            <numerusform>Import %n image</numerusform>
            <numerusform>Import %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) are not whole</source>
        <translation>
            <numerusform>%n image is not whole</numerusform>
            <numerusform>%n images are not whole</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <comment>images of a task</comment>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) will stand for another image than now</source>
        <translation>
            <numerusform>%n tag will stand for another image than now</numerusform>
            <numerusform>%n tags will stand for another image than now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) are not finished. What they have fetched is kept.</source>
        <translation>
            <numerusform>%n task is not finished. What it has fetched is kept.</numerusform>
            <numerusform>%n tasks are not finished. What they have fetched is kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancel %n task(s)</source>
        <translation>
            <numerusform>Cancel %n task</numerusform>
            <numerusform>Cancel %n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s) are left out: the far side must have them</source>
        <translation>
            <numerusform>%n layer is left out: the far side must have it</numerusform>
            <numerusform>%n layers are left out: the far side must have them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) are on the far side as they are here, and stay out</source>
        <translation>
            <numerusform>%n image is on the far side as it is here, and stays out</numerusform>
            <numerusform>%n images are on the far side as they are here, and stay out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>%n repository</numerusform>
            <numerusform>%n repositories</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blob(s)</source>
        <translation>
            <numerusform>%n blob</numerusform>
            <numerusform>%n blobs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Takes the place of %n file(s) of %1: %2</source>
        <translation>
            <numerusform>Takes the place of %n file of %1: %2</numerusform>
            <numerusform>Takes the place of %n files of %1: %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) are of Docker&apos;s media types: containerd finds them in an OCI layout, skopeo does not; as skopeo-dir it takes them</source>
        <translation>
            <numerusform>%n image is of Docker&apos;s media types: containerd finds it in an OCI layout, skopeo does not; as skopeo-dir it takes it</numerusform>
            <numerusform>%n images are of Docker&apos;s media types: containerd finds them in an OCI layout, skopeo does not; as skopeo-dir it takes them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export %n image(s)</source>
        <translation>
            <numerusform>Export %n image</numerusform>
            <numerusform>Export %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export %n image(s) of %1 into %2</source>
        <translation>
            <numerusform>Export %n image of %1 into %2</numerusform>
            <numerusform>Export %n images of %1 into %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) that have no name stay behind</source>
        <translation>
            <numerusform>%n image that has no name stays behind</numerusform>
            <numerusform>%n images that have no name stay behind</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n index(es) only some platforms are in the pool: skopeo takes them where it is not told to take all</source>
        <translation>
            <numerusform>Of %n index only some platforms are in the pool: skopeo takes it where it is not told to take all</numerusform>
            <numerusform>Of %n indexes only some platforms are in the pool: skopeo takes them where it is not told to take all</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Written in %n volume(s): %1</source>
        <translation>
            <numerusform>Written in %n volume: %1</numerusform>
            <numerusform>Written in %n volumes: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In about %n volume(s) of %1</source>
        <translation>
            <numerusform>In about %n volume of %1</numerusform>
            <numerusform>In about %n volumes of %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>List %n image(s)</source>
        <translation>
            <numerusform>List %n image</numerusform>
            <numerusform>List %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Write what %n image(s) of %1 are made of into %2</source>
        <translation>
            <numerusform>Write what %n image of %1 is made of into %2</numerusform>
            <numerusform>Write what %n images of %1 are made of into %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Write volume %1 of %2 alone, as it is of %n image(s) of %3</source>
        <translation>
            <numerusform>Write volume %1 of %2 alone, as it is of %n image of %3</numerusform>
            <numerusform>Write volume %1 of %2 alone, as it is of %n images of %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Look for %n image(s)</source>
        <translation>
            <numerusform>Look for %n image</numerusform>
            <numerusform>Look for %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ask %1 for %n image(s), and write what it has of them into %2</source>
        <translation>
            <numerusform>Ask %1 for %n image, and write what it has of it into %2</numerusform>
            <numerusform>Ask %1 for %n images, and write what it has of them into %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s) and other referrer(s) too many: left out</source>
        <translation>
            <numerusform>%n signature or other referrer too many: left out</numerusform>
            <numerusform>%n signatures and other referrers too many: left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>it has %n of that size</source>
        <comment>volumes</comment>
        <translation>
            <numerusform>it has %n of that size</numerusform>
            <numerusform>it has %n of that size</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::TickExport</name>
    <message numerus="yes">
        <source>%n image(s) written to %1.</source>
        <translation>
            <numerusform>%n image written to %1.</numerusform>
            <numerusform>%n images written to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::Workspace</name>
    <message numerus="yes">
        <source>The list %1 (%n image(s))</source>
        <translation>
            <numerusform>The list %1 (%n image)</numerusform>
            <numerusform>The list %1 (%n images)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %n ticked image(s)</source>
        <translation>
            <numerusform>The %n ticked image</numerusform>
            <numerusform>The %n ticked images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The whole pool (%n image(s))</source>
        <translation>
            <numerusform>The whole pool (%n image)</numerusform>
            <numerusform>The whole pool (%n images)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The whole bundle (%n image(s))</source>
        <translation>
            <numerusform>The whole bundle (%n image)</numerusform>
            <numerusform>The whole bundle (%n images)</numerusform>
        </translation>
    </message>
</context>
</TS>
