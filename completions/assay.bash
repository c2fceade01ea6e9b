# Completion of assay for bash.
_assay() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local limits='--limit-total-bytes --limit-member-bytes --limit-members --limit-depth --limit-ratio
    --limit-record --limit-time --limit-memory-archive'
  local command=${COMP_WORDS[1]} options=''
  COMPREPLY=()

  case $command:$previous in
    explain:--format) COMPREPLY=($(compgen -W 'text json' -- "$current")); return ;;
  esac
  case ${COMP_WORDS[2]}:$previous in
    lint:--format) COMPREPLY=($(compgen -W 'text json sarif' -- "$current")); return ;;
    show:--format) COMPREPLY=($(compgen -W 'yaml json' -- "$current")); return ;;
  esac
  case $previous in
    --format | --profile-format) COMPREPLY=($(compgen -W 'table jsonl csv' -- "$current")); return ;;
    --color) COMPREPLY=($(compgen -W 'auto always never' -- "$current")); return ;;
    --language) COMPREPLY=($(compgen -W 'en ja it' -- "$current")); return ;;
    --threads | --line | --unexplained | --limit-*) return ;;
    --export) compopt -o filenames; COMPREPLY=($(compgen -d -- "$current")); return ;;
    --text | --json | --from-log | --from | --output | --signatures | -s | --corpus) compopt -o filenames; COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac

  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W 'analyze explain transactions handshakes certificates decode signatures fields version -h --help --version' -- "$current"))
    return
  fi
  if [[ $current != -* && ($command == explain && $COMP_CWORD -eq 2 || $command:${COMP_WORDS[2]} == signatures:show && $COMP_CWORD -gt 2) ]]; then
    COMPREPLY=($(compgen -W "$(assay signatures list --format csv 2>/dev/null | sed '1d; s/,.*//')" -- "$current"))
    return
  fi
  case $command in
    analyze) options="--signatures -s --strict --text --json --all -a --language --color --transactions --handshakes --certificates --profile --profile-format --threads $limits --limit-hits" ;;
    explain) options="--signatures -s --strict --format --threads $limits --limit-hits" ;;
    transactions | handshakes) options="--format --threads $limits" ;;
    certificates) options="--format --missing --export --force --threads $limits" ;;
    decode | fields) options='--format' ;;
    signatures)
      if ((COMP_CWORD == 2)); then
        COMPREPLY=($(compgen -W 'list show lint format new test -h --help' -- "$current"))
        return
      fi
      case ${COMP_WORDS[2]} in
        test) options='--corpus --record' ;;
        new) options='--from-log --line --from --unexplained --signatures -s --strict --output' ;;
        lint) options='--format --fix' ;;
        format) options='--check' ;;
        list) options='--signatures -s --strict --format' ;;
        show) options='--signatures -s --strict --format' ;;
      esac
      ;;
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options -h --help" -- "$current"))
  elif [[ $command == analyze || $command == explain || $command == transactions || $command == handshakes || $command == certificates || ${COMP_WORDS[2]} == lint || ${COMP_WORDS[2]} == format || ${COMP_WORDS[2]} == test ]]; then
    compopt -o filenames
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}
complete -F _assay assay
