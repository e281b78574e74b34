; The installer for Windows: for one user, without administrator's rights.
;
;   makensis -DVERSION=0.1.0 -DFILES=folder -DOUTPUT=setup.exe installer.nsi
;   setup.exe /S            installs silently; /D=C:\folder (last, without quotes) chooses the folder
;   uninstall.exe /S        removes what was installed, and leaves documents, preferences and captures
;
; Ends with 0; with 1 if the user cancelled, with 2 if the program is running or a file cannot be written.

Unicode true
Target amd64-unicode
ManifestDPIAware true
SetCompressor /SOLID lzma
RequestExecutionLevel user

!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "MUI2.nsh"

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Bothends"
!define CLASSES "Software\Classes"
!define SETTING_CHANGE 0x1A
!define EVERY_WINDOW 0xFFFF
; Longer than any value of PATH: what Windows keeps in one has at most 32,767 characters.
!define PATH_BYTES 131072

Name "Bothends"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\Bothends"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
BrandingText "Bothends ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Bothends"
VIAddVersionKey "FileDescription" "Bothends Setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT or Apache-2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\bothends.exe"
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; Ends if the program runs: its file could be neither replaced nor removed.
!macro EndIfRunning
    ${If} ${FileExists} "$INSTDIR\bothends.exe"
        ClearErrors
        FileOpen $0 "$INSTDIR\bothends.exe" a
        ${If} ${Errors}
            MessageBox MB_OK|MB_ICONEXCLAMATION "Bothends is running. Close its windows and end its commands, then try again." /SD IDOK
            SetErrorLevel 2
            Quit
        ${EndIf}
        FileClose $0
    ${EndIf}
!macroend

; Adds the folder to the user's PATH, or takes it out. The value may be longer than a string of this language can be,
; so it stays in memory of its own ($1, with $INSTDIR behind a semicolon in $2), and its type stays as it was ($3).
; The value is searched between semicolons that are put around it, and written without them.
!macro ChangePath PREFIX
Function ${PREFIX}ChangePath
    Pop $9 ; "add" or "remove"
    System::Alloc ${PATH_BYTES}
    Pop $1
    StrCpy $2 ";$INSTDIR;"
    StrLen $8 "$INSTDIR"
    System::Call 'advapi32::RegCreateKeyExW(p 0x80000001, w "Environment", i 0, p 0, i 0, i 0x20003|0x20019, p 0, *p .r4, p 0) i .r0'
    ${If} $0 <> 0
        System::Free $1
        Return
    ${EndIf}
    ; A semicolon before it; room for one behind it.
    System::Call '*$1(&i2 59)'
    IntPtrOp $5 $1 + 2
    IntOp $6 ${PATH_BYTES} - 8
    StrCpy $3 2
    System::Call 'advapi32::RegQueryValueExW(p r4, w "Path", p 0, *i .r3, p r5, *i r6 r6) i .r0'
    ${If} $0 = 2 ; There is none yet.
        StrCpy $3 2
    ${ElseIf} $0 <> 0
        Goto close
    ${EndIf}
    System::Call 'kernel32::lstrcatW(p r1, w ";")'
    System::Call 'shlwapi::StrStrIW(p r1, w r2) p .r7'
    ${If} $9 == "add"
        ${If} $7 P<> 0
            Goto close
        ${EndIf}
        ; Behind a value that was empty, or that ends with a semicolon itself, no further one is needed.
        System::Call 'kernel32::lstrlenW(p r1) i .r0'
        IntOp $0 $0 - 2
        IntOp $0 $0 * 2
        IntPtrOp $8 $1 + $0
        System::Call '*$8(&i2 .r0, &i2 .r6)'
        ${If} $0 = 59
        ${AndIf} $6 = 59
            System::Call '*$8(&i2 59, &i2 0)'
        ${EndIf}
        StrCpy $2 "$INSTDIR;"
        System::Call 'kernel32::lstrcatW(p r1, w r2)'
    ${Else}
        ${If} $7 P= 0
            Goto close
        ${EndIf}
        ; What stands behind it takes its place, from the second semicolon on.
        IntOp $8 $8 + 1
        IntOp $8 $8 * 2
        IntPtrOp $8 $7 + $8
        System::Call 'kernel32::lstrlenW(p r8) i .r0'
        IntOp $0 $0 + 1
        IntOp $0 $0 * 2
        System::Call 'kernel32::RtlMoveMemory(p r7, p r8, p r0)'
    ${EndIf}
    ; Without the last semicolon, and the ending zero in its place.
    System::Call 'kernel32::lstrlenW(p r5) i .r0'
    ${If} $0 > 0
        IntOp $0 $0 - 1
        IntOp $8 $0 * 2
        IntPtrOp $8 $5 + $8
        System::Call '*$8(&i2 0)'
    ${EndIf}
    IntOp $0 $0 + 1
    IntOp $0 $0 * 2
    ${If} $0 = 2
        System::Call 'advapi32::RegDeleteValueW(p r4, w "Path")'
    ${Else}
        System::Call 'advapi32::RegSetValueExW(p r4, w "Path", i 0, i r3, p r5, i r0)'
    ${EndIf}
    SendMessage ${EVERY_WINDOW} ${SETTING_CHANGE} 0 "STR:Environment" /TIMEOUT=5000
close:
    System::Call 'advapi32::RegCloseKey(p r4)'
    System::Free $1
FunctionEnd
!macroend
!insertmacro ChangePath ""
!insertmacro ChangePath "un."

!macro AnnounceChange
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

; Of a kind of file that others open too, Bothends is one choice; what was chosen stays.
!macro OfferFor ENDING CLASS
    WriteRegNone HKCU "${CLASSES}\${ENDING}\OpenWithProgids" "${CLASS}"
    WriteRegStr HKCU "${CLASSES}\Applications\bothends.exe\SupportedTypes" "${ENDING}" ""
!macroend

!macro WithdrawFrom ENDING CLASS
    DeleteRegValue HKCU "${CLASSES}\${ENDING}\OpenWithProgids" "${CLASS}"
    DeleteRegKey /ifempty HKCU "${CLASSES}\${ENDING}\OpenWithProgids"
    DeleteRegKey /ifempty HKCU "${CLASSES}\${ENDING}"
!macroend

!macro Opens KEY
    WriteRegStr HKCU "${CLASSES}\${KEY}\shell\open\command" "" '"$INSTDIR\bothends.exe" open "%1"'
!macroend

Section
    !insertmacro EndIfRunning
    SetOutPath "$INSTDIR"
    ClearErrors
    File /r "${FILES}/*"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    ${If} ${Errors}
        MessageBox MB_OK|MB_ICONSTOP "The files cannot be written to $INSTDIR." /SD IDOK
        SetErrorLevel 2
        Quit
    ${EndIf}

    CreateShortcut "$SMPROGRAMS\Bothends.lnk" "$INSTDIR\bothends.exe"
    Push "add"
    Call ChangePath

    WriteRegStr HKCU "${CLASSES}\Bothends.Document" "" "Bothends document"
    WriteRegStr HKCU "${CLASSES}\Bothends.Document\DefaultIcon" "" "$INSTDIR\bothends.exe,0"
    !insertmacro Opens "Bothends.Document"
    WriteRegStr HKCU "${CLASSES}\.bothends" "" "Bothends.Document"
    WriteRegStr HKCU "${CLASSES}\Bothends.PacketCapture" "" "Packet capture"
    !insertmacro Opens "Bothends.PacketCapture"
    WriteRegStr HKCU "${CLASSES}\Applications\bothends.exe" "FriendlyAppName" "Bothends"
    !insertmacro Opens "Applications\bothends.exe"
    !insertmacro OfferFor ".bothends" "Bothends.Document"
    !insertmacro OfferFor ".pcap" "Bothends.PacketCapture"
    !insertmacro OfferFor ".pcapng" "Bothends.PacketCapture"
    !insertmacro OfferFor ".cap" "Bothends.PacketCapture"
    ; A capture is a folder.
    WriteRegStr HKCU "${CLASSES}\Directory\shell\Bothends" "" "Open as capture with Bothends"
    WriteRegStr HKCU "${CLASSES}\Directory\shell\Bothends" "Icon" "$INSTDIR\bothends.exe,0"
    WriteRegStr HKCU "${CLASSES}\Directory\shell\Bothends\command" "" '"$INSTDIR\bothends.exe" open "%1"'

    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "Bothends"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\bothends.exe,0"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "The Bothends developers"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "URLInfoAbout" "https://github.com/bothends/bothends"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
    !insertmacro AnnounceChange
SectionEnd

Section "Uninstall"
    !insertmacro EndIfRunning
    Push "remove"
    Call un.ChangePath
    Delete "$SMPROGRAMS\Bothends.lnk"

    ; A default that somebody else has taken meanwhile is theirs.
    ReadRegStr $0 HKCU "${CLASSES}\.bothends" ""
    ${If} $0 == "Bothends.Document"
        DeleteRegValue HKCU "${CLASSES}\.bothends" ""
    ${EndIf}
    !insertmacro WithdrawFrom ".bothends" "Bothends.Document"
    !insertmacro WithdrawFrom ".pcap" "Bothends.PacketCapture"
    !insertmacro WithdrawFrom ".pcapng" "Bothends.PacketCapture"
    !insertmacro WithdrawFrom ".cap" "Bothends.PacketCapture"
    DeleteRegKey HKCU "${CLASSES}\Bothends.Document"
    DeleteRegKey HKCU "${CLASSES}\Bothends.PacketCapture"
    DeleteRegKey HKCU "${CLASSES}\Applications\bothends.exe"
    DeleteRegKey HKCU "${CLASSES}\Directory\shell\Bothends"
    DeleteRegKey HKCU "${UNINSTALL_KEY}"

    ; Only what was installed: a document that somebody put here stays.
    !include "${REMOVALS}"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    !insertmacro AnnounceChange
SectionEnd
